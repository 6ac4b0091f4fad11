using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Messages;

/// <summary>One header field as it stands in a message: unfolded, otherwise untouched, whether or not we know the header.</summary>
public readonly record struct SipField(SipHeaderName Name, ReadOnlyMemory<byte> Value)
{
    public SipField(SipHeaderName name, string value) : this(name, WireText.OneLine(value))
    {
    }

    public string Text => WireText.Text(Value.Span);

    public override string ToString() => $"{Name}: {Text}";
}
