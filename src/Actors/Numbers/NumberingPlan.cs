using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Numbers;

/// <summary>The numbering plan as its data file describes it: the longest matching prefix says what a number is.</summary>
public sealed class NumberingPlan : INumberInfo
{
    const string EmbeddedName = "TeleCube.Actors.Numbers.numbering-plan.csv";

    static readonly NumberInfo _unknown = new(NumberClass.Unknown, "", "Nieznany kierunek");

    readonly FrozenDictionary<string, NumberInfo> _prefixes;
    readonly FrozenDictionary<string, NumberInfo> _shorts;
    readonly FrozenSet<string> _reserved;

    internal NumberingPlan(IDictionary<string, NumberInfo> prefixes, IDictionary<string, NumberInfo> shorts, IEnumerable<string> reserved)
    {
        _prefixes = prefixes.ToFrozenDictionary();
        _shorts = shorts.ToFrozenDictionary();
        _reserved = reserved.ToFrozenSet();
    }

    /// <summary>The plan that ships with the exchange.</summary>
    public static NumberingPlan Embedded { get; } = LoadEmbedded();

    public static bool TryParse(TextReader text, [NotNullWhen(true)] out NumberingPlan? plan, out IReadOnlyList<LineError> errors) =>
        NumberingPlanReader.TryRead(text, out plan, out errors);

    public NumberInfo Of(E164 number) => Longest(_prefixes, number.Digits);

    public NumberInfo Of(ShortNumber number) => Longest(_shorts, number.Value);

    public bool IsReservedInternally(ExtensionNumber number) => _reserved.Contains(number.Value);

    static NumberInfo Longest(FrozenDictionary<string, NumberInfo> table, ReadOnlySpan<char> digits)
    {
        var lookup = table.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = digits.Length; length > 0; length--)
            if (lookup.TryGetValue(digits[..length], out var info)) return info;
        return _unknown;
    }

    static NumberingPlan LoadEmbedded()
    {
        using var stream = typeof(NumberingPlan).Assembly.GetManifestResourceStream(EmbeddedName)!;
        using var text = new StreamReader(stream);
        return TryParse(text, out var plan, out var errors) ? plan : throw new InvalidDataException($"{EmbeddedName}: {errors[0]}");
    }
}
