using System.Diagnostics.CodeAnalysis;

namespace TeleCube.Actors.Numbers;

/// <summary>The digits of a number as people write it, without what they put between them, and whether it began with + or 00.</summary>
static class DialledDigits
{
    const int MaxDigits = 15; // E.164 §6.1
    const int MaxText = 64;

    public static bool TryStrip([NotNullWhen(true)] string? text, out string digits, out bool international)
    {
        (digits, international) = ("", false);
        if (string.IsNullOrEmpty(text) || text.Length > MaxText) return false;
        Span<char> kept = stackalloc char[MaxText];
        var count = 0;
        foreach (var c in text)
        {
            if (c is ' ' or '-' or '.' or '/' or '(' or ')' or '\u00A0') continue;
            if (c == '+' && count == 0 && !international) international = true;
            else if (char.IsAsciiDigit(c)) kept[count++] = c;
            else return false;
        }

        var found = kept[..count];
        if (!international && found.StartsWith("00", StringComparison.Ordinal))
        {
            international = true;
            found = found[2..];
        }

        digits = found.ToString();
        return digits.Length is > 0 and <= MaxDigits;
    }
}
