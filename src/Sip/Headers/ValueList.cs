using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>
/// The comma-separated values of one field (RFC 3261 §7.3.1), a cursor over spans: commas in quotes and in angle brackets separate
/// nothing.
/// </summary>
public ref struct ValueList(ReadOnlySpan<byte> field)
{
    ReadOnlySpan<byte> _rest = field;
    bool _over;

    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>What follows the current value.</summary>
    public readonly ReadOnlySpan<byte> Rest => _over ? default : _rest;

    public readonly ValueList GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_over) return false;
        var comma = EndOfValue(_rest);
        _over = comma < 0;
        Current = WireText.Trim(_over ? _rest : _rest[..comma]);
        if (!_over) _rest = _rest[(comma + 1)..];
        return true;
    }

    static int EndOfValue(ReadOnlySpan<byte> text)
    {
        var inQuotes = false;
        var inBrackets = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'\\' when inQuotes: i++; break;
                case (byte)'"' when !inBrackets: inQuotes = !inQuotes; break;
                case (byte)'<' when !inQuotes: inBrackets = true; break;
                case (byte)'>' when !inQuotes: inBrackets = false; break;
                case (byte)',' when !inQuotes && !inBrackets: return i;
            }
        }
        return -1;
    }
}
