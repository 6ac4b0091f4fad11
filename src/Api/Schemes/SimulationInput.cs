using System.Collections.Immutable;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Simulation;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;

namespace TeleCube.Api.Schemes;

/// <summary>A call to be thought through: by the scheme's current version, by another one, or by elements that were not saved yet.</summary>
public sealed record SimulationInput : GraphInput
{
    const int MaxDigits = 64;
    const int MaxStates = 200;
    const int FirstYear = 2000, LastYear = 2199;
    const string Keys = "0123456789*#";

    /// <summary>The caller's number; without it, a caller who withholds it.</summary>
    public string? From { get; init; }

    /// <summary>The number that is dialled; without it, the first one that leads to the scheme.</summary>
    public string? To { get; init; }

    /// <summary>When; without it, now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Keys that the caller presses, one each time the exchange waits for one.</summary>
    public string? Digits { get; init; }

    /// <summary>What those do who are rung, by extension, external number's id, or number; anybody else answers, if he can be rung now.</summary>
    public IReadOnlyDictionary<string, Callee>? States { get; init; }

    /// <summary>What servers that webhook elements ask would answer, by the element's id; without it, the exit <c>error</c>.</summary>
    public IReadOnlyDictionary<string, string>? Decisions { get; init; }

    /// <summary>A saved version; without it, the current one, or the draft where there is none.</summary>
    public int? Version { get; init; }

    /// <summary>Null if there is nothing by which the call could go. <paramref name="archived"/> is the graph of the wanted version where only the archive has it.</summary>
    internal SimulatedCall? ToCall(TenantState tenant, Scheme scheme, SchemeGraph? archived, DateTimeOffset now, Faults faults)
    {
        var from = faults.Dialled("from", From);
        var to = faults.Number("to", To);
        if (to is { } dialled && !tenant.PhoneNumbers.ContainsKey(dialled)) faults.Add("to", "is no number of the tenant");
        var digits = faults.Optional("digits", Digits, MaxDigits);
        if (digits.Any(digit => !Keys.Contains(digit, StringComparison.Ordinal))) faults.Add("digits", "may contain 0-9, * and #");
        if (States is { Count: > MaxStates }) faults.Add("states", $"at most {MaxStates}");
        if (Decisions is { Count: > MaxStates }) faults.Add("decisions", $"at most {MaxStates}");
        var given = ToGraph(faults);
        if (Version is { } number && archived is null && !scheme.Versions.ContainsKey(number)) faults.Add("version", "there is no such version");
        if (At is { Year: < FirstYear or > LastYear }) faults.Add("at", $"must be in the years {FirstYear} to {LastYear}");
        if (faults.Any) return null;

        var called = to is { } own
            ? tenant.PhoneNumbers[own]
            : tenant.PhoneNumbers.Values.FirstOrDefault(phone => phone.ForwardTo == new ForwardTarget.ToScheme(scheme.Id));
        var caller = new CallerId(from?.ToString(), null, Hidden: from is null) { Fallback = called?.Number.Value };
        if (called is not null) caller = DialPlan.Inside(called, caller);
        return Begin(scheme, given ?? archived, caller) is not { } start ? null : new SimulatedCall(start, At ?? now)
        {
            Dialled = called?.Number,
            Digits = digits,
            Callees = (States ?? new Dictionary<string, Callee>()).ToImmutableDictionary(),
            Decisions = (Decisions ?? new Dictionary<string, string>()).ToImmutableDictionary(),
        };
    }

    SchemePosition? Begin(Scheme scheme, SchemeGraph? given, CallerId caller)
    {
        if ((given ?? (Version is null && scheme.CurrentGraph is null ? scheme.Draft : null)) is { } inline)
            return new SchemePosition(scheme.Id, 0, inline.Start, caller) { Inline = inline };
        var version = Version ?? scheme.Current;
        return scheme.Versions.GetValueOrDefault(version) is { } saved ? new SchemePosition(scheme.Id, version, saved.Graph.Start, caller) : null;
    }
}
