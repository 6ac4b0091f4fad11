using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Trunks;

/// <summary>Numbers on the way to and from a carrier, in the form that its configuration asks for.</summary>
public static class TrunkNumbers
{
    public static string Format(TrunkNumberFormat format, E164 number) => format switch
    {
        TrunkNumberFormat.E164 => number.Value[1..],
        TrunkNumberFormat.DoubleZero => "00" + number.Value[1..],
        TrunkNumberFormat.National9 => number.IsPolish ? number.National : "00" + number.Value[1..],
        _ => number.Value,
    };

    public static string Format(TrunkNumberFormat format, DialledNumber number) =>
        number is DialledNumber.Public(var found) ? Format(format, found) : number.ToString()!;

    /// <summary>The user part of a carrier's URI as a number; null for what is none, such as <c>anonymous</c>.</summary>
    public static E164? Normalise(TrunkInboundNumbers rule, string? user)
    {
        if (rule == TrunkInboundNumbers.International && user is [>= '1' and <= '9', ..] && E164.TryParse("+" + user, out var whole)) return whole;
        return DialledNumber.TryParse(user, out var number)
            ? number switch
            {
                DialledNumber.Public(var found) => found,
                // A carrier may show an 80x number as a caller or call us by one: then it is a number like any other.
                DialledNumber.Short { Number.Value: { Length: 9 } digits } when E164.TryParse("+48" + digits, out var national) => national,
                _ => null,
            }
            : null;
    }
}
