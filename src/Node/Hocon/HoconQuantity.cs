using System.Globalization;

namespace TeleCube.Node.Hocon;

/// <summary>A number followed by a unit of letters, with or without a blank between them.</summary>
static class HoconQuantity
{
    public static bool TrySplit(string text, out decimal number, out string unit)
    {
        var digits = text.AsSpan().Trim();
        var end = 0;
        while (end < digits.Length && !char.IsLetter(digits[end])) end++;
        unit = digits[end..].ToString();
        return decimal.TryParse(digits[..end].Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            && Math.Abs(number) < 1_000_000_000_000_000;
    }
}
