using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>Warunek numeru dzwoniącego: the first rule that fits the caller is the exit; else <c>otherwise</c>.</summary>
public sealed record CallerConditionElement : SchemeElement
{
    const int MostRules = 50;

    public const string OtherwiseExit = "otherwise";

    public required ImmutableArray<CallerRule> Rules { get; init; }

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves =>
        [.. Rules.Select(rule => rule.Exit).Append(OtherwiseExit).Distinct().Select(exit => new ElementExit(exit, Required: true))];

    public override IEnumerable<OptionFault> OptionFaults()
    {
        if (Rules.Length is 0 or > MostRules) yield return new OptionFault("rules", $"must have 1 to {MostRules} entries");
        for (var i = 0; i < Rules.Length; i++)
            foreach (var fault in Rules[i].Faults()) yield return fault with { Field = $"rules[{i}].{fault.Field}" };
    }

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context)
    {
        foreach (var rule in Rules)
            if (rule.Fits(context.Caller) is { } reason) return new ElementStep.Leave(rule.Exit, reason);
        return new ElementStep.Leave(OtherwiseExit, "the caller fits no rule");
    }
}

/// <summary>Whom a rule is for: any one of what it names will do. A caller who withholds the number is anonymous, whatever the carrier may know.</summary>
public sealed record CallerRule
{
    const int MostPrefixes = 100;
    const int MostNumbers = 1000;

    /// <summary>The exit that it takes.</summary>
    public required string Exit { get; init; }

    /// <summary>How the number begins: <c>+44</c>, or digits for callers from within.</summary>
    public ImmutableArray<string> Prefixes { get; init; } = [];

    public ImmutableArray<E164> Numbers { get; init; } = [];

    public bool Anonymous { get; init; }

    internal IEnumerable<OptionFault> Faults()
    {
        if (!ExitNames.IsValid(Exit)) yield return new OptionFault("exit", ExitNames.Rule);
        if (Prefixes.IsEmpty && Numbers.IsEmpty && !Anonymous)
            yield return new OptionFault("prefixes", "is left out as all else is, and such a rule fits nobody: give prefixes, numbers or anonymous");
        if (Prefixes.Length > MostPrefixes) yield return new OptionFault("prefixes", $"must have at most {MostPrefixes} entries");
        if (Numbers.Length > MostNumbers) yield return new OptionFault("numbers", $"must have at most {MostNumbers} entries");
        for (var i = 0; i < Prefixes.Length; i++)
            if (!IsPrefix(Prefixes[i]))
                yield return new OptionFault($"prefixes[{i}]", "must be + and 1 to 15 digits, or 1 to 4 digits for callers from within");
    }

    /// <summary>Whether everybody whom the rule fits fits one of those.</summary>
    internal bool IsWithin(IReadOnlyCollection<CallerRule> others) =>
        (!Anonymous || others.Any(other => other.Anonymous))
        && Prefixes.All(prefix => Begins(prefix, others))
        && Numbers.All(number => Begins(number.Value, others) || others.Any(other => other.Numbers.Contains(number)));

    static bool Begins(string number, IEnumerable<CallerRule> others) =>
        others.Any(other => other.Prefixes.Any(prefix => number.StartsWith(prefix, StringComparison.Ordinal)));

    static bool IsPrefix(string text) =>
        text is { Length: > 0 } && text[0] == '+' ? AreDigits(text.AsSpan(1), 15) : AreDigits(text, 4);

    static bool AreDigits(ReadOnlySpan<char> text, int most) => text.Length > 0 && text.Length <= most && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>Why the caller fits, or null.</summary>
    internal string? Fits(CallerId caller)
    {
        if (caller.Hidden || caller.Number is not { Length: > 0 } number) return Anonymous ? "the caller withholds the number" : null;
        if (Numbers.Any(known => known.Value == number)) return $"the caller is on the list '{Exit}'";
        return Prefixes.FirstOrDefault(prefix => number.StartsWith(prefix, StringComparison.Ordinal)) is { } begins
            ? $"the caller's number begins with {begins}"
            : null;
    }
}
