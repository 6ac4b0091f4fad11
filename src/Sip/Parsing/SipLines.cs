namespace TeleCube.Sip.Parsing;

/// <summary>Lines end with CRLF; a bare LF is let pass, since some devices send nothing else.</summary>
static class SipLines
{
    /// <summary>
    /// The line from <paramref name="start"/> on without its end, and where the next one begins; false if its end has not come yet.
    /// </summary>
    public static bool TryReadLine(ReadOnlySpan<byte> text, int start, out Range line, out int next)
    {
        var length = text[start..].IndexOf((byte)'\n');
        line = default;
        next = start;
        if (length < 0) return false;
        next = start + length + 1;
        var end = length > 0 && text[start + length - 1] == (byte)'\r' ? next - 2 : next - 1;
        line = start..end;
        return true;
    }
}
