using System.Buffers;
using System.Text.Json.Serialization;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Messages;

/// <summary>Method = token, case-sensitive (RFC 3261 §7.1); the known ones are interned, others kept as they came.</summary>
[JsonConverter(typeof(WireJsonConverter<SipMethod>))]
public readonly struct SipMethod : IEquatable<SipMethod>, ISipHeaderValue<SipMethod>
{
    readonly string? _name;

    SipMethod(string name) => _name = name;

    public static readonly SipMethod Invite = new("INVITE");
    public static readonly SipMethod Ack = new("ACK");
    public static readonly SipMethod Bye = new("BYE");
    public static readonly SipMethod Cancel = new("CANCEL");
    public static readonly SipMethod Options = new("OPTIONS");
    public static readonly SipMethod Register = new("REGISTER");
    public static readonly SipMethod Info = new("INFO");
    public static readonly SipMethod Update = new("UPDATE");
    public static readonly SipMethod Prack = new("PRACK");
    public static readonly SipMethod Refer = new("REFER");
    public static readonly SipMethod Notify = new("NOTIFY");
    public static readonly SipMethod Subscribe = new("SUBSCRIBE");
    public static readonly SipMethod Message = new("MESSAGE");
    public static readonly SipMethod Publish = new("PUBLISH");

    static readonly SipMethod[] _known =
        [Invite, Ack, Bye, Cancel, Options, Register, Info, Update, Prack, Refer, Notify, Subscribe, Message, Publish];

    public string Name => _name ?? "";

    public bool IsKnown => Array.IndexOf(_known, this) >= 0;

    public static SipMethod From(ReadOnlySpan<byte> token)
    {
        foreach (var method in _known)
            if (System.Text.Ascii.Equals(token, method.Name)) return method;
        return new(WireText.Text(token));
    }

    public static SipMethod From(string token)
    {
        foreach (var method in _known)
            if (method.Name == token) return method;
        return new(token);
    }

    public static bool TryParse(ReadOnlySpan<byte> value, out SipMethod parsed)
    {
        var reader = new SipReader(value);
        var ok = reader.TryReadToken(out var token) && reader.End;
        parsed = ok ? From(token) : default;
        return ok;
    }

    public void WriteTo(IBufferWriter<byte> output) => output.WriteText(Name);

    public bool Equals(SipMethod other) => ReferenceEquals(_name, other._name) || Name == other.Name;

    public override bool Equals(object? obj) => obj is SipMethod other && Equals(other);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;

    public static bool operator ==(SipMethod left, SipMethod right) => left.Equals(right);

    public static bool operator !=(SipMethod left, SipMethod right) => !left.Equals(right);
}
