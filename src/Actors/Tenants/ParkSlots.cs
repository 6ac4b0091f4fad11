using System.Globalization;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Tenants;

/// <summary>The numbers under which a company's parked calls wait, the first and the last of them; they have the same length.</summary>
public sealed record ParkSlots(string First, string Last)
{
    public const int Most = 200;

    public static readonly ParkSlots Default = new("701", "799");

    /// <summary>Right in itself: both are 2 to 4 digits of one length, in order, and not too many.</summary>
    public bool IsSound =>
        ExtensionNumber.TryParse(First, out _) && ExtensionNumber.TryParse(Last, out _)
            && First.Length == Last.Length && NumberOf(Last) - NumberOf(First) is >= 0 and < Most;

    public bool Has(string digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        return digits.Length == First.Length && ExtensionNumber.TryParse(digits, out _)
            && NumberOf(digits) >= NumberOf(First) && NumberOf(digits) <= NumberOf(Last);
    }

    /// <summary>In order; those that are emergency numbers are none.</summary>
    public IEnumerable<string> All() => Enumerable.Range(NumberOf(First), NumberOf(Last) - NumberOf(First) + 1)
        .Select(number => number.ToString(CultureInfo.InvariantCulture).PadLeft(First.Length, '0')).Where(Has);

    static int NumberOf(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
