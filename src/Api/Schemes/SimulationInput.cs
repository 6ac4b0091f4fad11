using System.Collections.Immutable;
using System.Globalization;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
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

    static readonly string[] _moments = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The caller's number; without it, a caller who withholds it.</summary>
    public string? From { get; init; }

    /// <summary>The number that is dialled; without it, the first one that leads to the scheme.</summary>
    public string? To { get; init; }

    /// <summary>When, such as 2026-12-24T09:00 by the company's clock, or with Z or an offset from UTC; without it, now.</summary>
    public string? At { get; init; }

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
        var at = MomentOf(tenant, faults) ?? now;
        var callees = CalleesOf(tenant, faults);
        CheckDecisions(tenant, given ?? archived ?? GraphOf(scheme), faults);
        if (faults.Any) return null;

        var called = to is { } own
            ? tenant.PhoneNumbers[own]
            : tenant.PhoneNumbers.Values.FirstOrDefault(phone => phone.ForwardTo == new ForwardTarget.ToScheme(scheme.Id));
        var caller = new CallerId(from?.ToString(), null, Hidden: from is null) { Fallback = called?.Number.Value };
        if (called is not null) caller = DialPlan.Inside(called, caller);
        return Begin(scheme, given ?? archived, caller) is not { } start ? null : new SimulatedCall(start, at)
        {
            Dialled = called?.Number,
            Digits = digits,
            Callees = callees,
            Decisions = (Decisions ?? new Dictionary<string, string>()).ToImmutableDictionary(),
        };
    }

    /// <summary>The version by which the call goes; null: elements that were not saved, or the draft.</summary>
    internal (int? Version, bool Draft) Walked(Scheme scheme) =>
        Elements is not null ? (null, false)
        : Version is null && scheme.CurrentGraph is null ? (null, true)
        : (Version ?? scheme.Current, false);

    /// <summary>Without an offset by the company's own clock: the server's says nothing to whoever asks.</summary>
    DateTimeOffset? MomentOf(TenantState tenant, Faults faults)
    {
        if (At is null) return null;
        if (!DateTime.TryParseExact(At, _moments, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var read))
        {
            faults.Add("at", "must be a time such as 2026-01-31T12:00, with Z or an offset if it is not by the company's clock");
            return null;
        }

        if (read.Year is < FirstYear or > LastYear)
        {
            faults.Add("at", $"must be in the years {FirstYear} to {LastYear}");
            return null;
        }

        if (read.Kind is not DateTimeKind.Unspecified) return new DateTimeOffset(read);
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(tenant.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        if (zone.IsInvalidTime(read)) faults.Add("at", $"is left out by the clocks of {tenant.TimeZone} on that night");
        return new DateTimeOffset(read, zone.GetUtcOffset(read));
    }

    /// <summary>Numbers may be written as people do.</summary>
    ImmutableDictionary<string, Callee> CalleesOf(TenantState tenant, Faults faults)
    {
        var callees = ImmutableDictionary.CreateBuilder<string, Callee>();
        foreach (var (whom, does) in States ?? new Dictionary<string, Callee>())
        {
            if (IsOwn(tenant, whom)) callees[whom] = does;
            else if (DialledNumber.TryParse(whom, out var number) && number is DialledNumber.Public or DialledNumber.Short) callees[number.ToString()!] = does;
            else faults.Add($"states.{whom}", "is no extension, queue or external number of the company, and no phone number");
        }

        return callees.ToImmutable();
    }

    static bool IsOwn(TenantState tenant, string whom) =>
        tenant.ExternalNumbers.Keys.Any(id => id.Value == whom)
        || (ExtensionNumber.TryParse(whom, out var number) && (tenant.Extensions.ContainsKey(number) || tenant.Queues.ContainsKey(number)));

    /// <summary>The call may come to other schemes of the company, too.</summary>
    void CheckDecisions(TenantState tenant, SchemeGraph? walked, Faults faults)
    {
        var graphs = tenant.Schemes.Values.Select(other => other.CurrentGraph).Append(walked).OfType<SchemeGraph>();
        var asked = graphs.SelectMany(graph => graph.Elements).OfType<WebhookElement>().Select(element => element.Id.Value).ToHashSet();
        foreach (var element in (Decisions ?? new Dictionary<string, string>()).Keys.Where(element => !asked.Contains(element)))
            faults.Add($"decisions.{element}", "is no webhook element of the scheme");
    }

    SchemeGraph? GraphOf(Scheme scheme) => Version is { } number ? scheme.Versions.GetValueOrDefault(number)?.Graph : scheme.CurrentGraph ?? scheme.Draft;

    SchemePosition? Begin(Scheme scheme, SchemeGraph? given, CallerId caller)
    {
        if ((given ?? (Version is null && scheme.CurrentGraph is null ? scheme.Draft : null)) is { } inline)
            return new SchemePosition(scheme.Id, 0, inline.Start, caller) { Inline = inline };
        var version = Version ?? scheme.Current;
        return scheme.Versions.GetValueOrDefault(version) is { } saved ? new SchemePosition(scheme.Id, version, saved.Graph.Start, caller) : null;
    }
}
