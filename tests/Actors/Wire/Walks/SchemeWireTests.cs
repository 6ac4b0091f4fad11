using System.Collections.Immutable;
using System.Globalization;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Schemes.Simulation;
using Xunit.Abstractions;

namespace TeleCube.Actors.Tests.Wire.Walks;

/// <summary>
/// Issue 3 §1: a simulated call takes the same path as a real SIP call, at the same moments; the same is heard, the same phones ring for as long, and it ends
/// alike. Each seed is a company, a caller and a moment; <c>TELECUBE_WIRE_SEED</c> runs one alone, <c>TELECUBE_WIRE_CALLS</c> as many.
/// </summary>
public sealed class SchemeWireTests(ITestOutputHelper output)
{
    static readonly MomentKind[] _kinds = Enum.GetValues<MomentKind>();

    /// <summary>Of a call that leads nowhere for ever, as much is compared.</summary>
    const int LongestPath = 25;

    /// <summary>Of many differences the first few say most.</summary>
    const int Shown = 3;

    readonly List<string> _wrong = [];
    readonly Dictionary<MomentKind, int> _moments = [];
    readonly Dictionary<(MomentKind, bool Otherwise), int> _hours = [];
    readonly Dictionary<string, int> _elements = [], _ends = [];

    [Fact]
    public void A_simulated_call_takes_the_way_of_a_real_SIP_call()
    {
        var only = Number("TELECUBE_WIRE_SEED");
        var calls = only is null ? Number("TELECUBE_WIRE_CALLS") ?? 1_000 : 1;
        foreach (var seed in only is { } one ? [one] : Enumerable.Range(1, calls)) Compare(seed);

        Assert.True(_wrong.Count == 0, $"{_wrong.Count} of {calls} calls differ, the first of them:\n{string.Join("\n\n", _wrong.Take(Shown))}");
        output.WriteLine($"{calls} calls; {Counts(_moments)}; {Counts(_elements)}; {Counts(_ends)}");
        if (only is not null) return;
        foreach (var kind in _kinds)
        {
            Assert.True(_moments.GetValueOrDefault(kind) > 0, $"no call at the kind of moment {kind}");
            foreach (var otherwise in new[] { false, true })
                Assert.True(_hours.GetValueOrDefault((kind, otherwise)) > 0, $"{kind}: no time condition was left by {(otherwise ? "otherwise" : "a period")}");
        }

        foreach (var element in new[] { "announcement", "menu", "queue", "extension", "ringGroup", "externalNumber", "timeCondition", "callerCondition", "voicemail", "sms", "webhook", "jump", "hangup" })
            Assert.True(_elements.GetValueOrDefault(element) > 0, $"no call came by the element {element}");
        foreach (var end in new[] { "answered", "unfinished", "scheme-ended", "busy", "no-answer", "unreachable", "hung-up", "call-back" })
            Assert.True(_ends.GetValueOrDefault(end) > 0, $"no call ended by {end}");
    }

    void Compare(int seed)
    {
        var kind = _kinds[seed % _kinds.Length];
        var company = RandomCompany.Of(seed, kind);
        Assert.True(WalkMoments.Is(kind, company.Call.At), $"{company.Call.At:O} is no moment of the kind {kind}");
        using var real = new WireCall(company, byInfo: seed % 3 == 0);
        var simulated = SchemeSimulation.Run(
            company.Call with { Queues = real.House.Life.Queues.Find(WireHouse.Company) }, company.Tenant, real.House.Life.View, ExchangeLife.PlanOptions);
        try
        {
            Compare(simulated, real);
        }
        catch (Exception wrong)
        {
            _wrong.Add($"seed {seed}, {kind}, {company.Call.At:O}: {wrong.Message}\nsimulated {Story(simulated)}\nreal {Story(real)}\n{wrong.StackTrace}");
        }

        Count(kind, company, simulated);
    }

    static void Compare(SimulatedRun simulated, WireCall real)
    {
        var rests = RestsFrom(simulated);
        var ends = simulated.End is not SimulatedEnd.Unfinished && rests is null;
        var path = simulated.Path.TakeWhile(step => rests is null || step.At <= rests).Take(LongestPath).Select(step => (step.Decision, step.At)).ToList();
        real.Go(ends && simulated.Path.Length <= LongestPath ? path.Count + 1 : path.Count);
        foreach (var ((expected, actual), step) in path.Zip(real.Path).Select((pair, step) => (pair, step)))
            if (expected != actual) throw new InvalidOperationException($"step {step} is simulated as {expected}, and is {actual}");
        Assert.Equal(path.Count, Math.Min(path.Count, real.Path.Count));
        if (!ends || simulated.Path.Length > LongestPath) return; // what follows in the turn in which it is left is not simulated

        Assert.Equal(path.Count, real.Path.Count);
        Assert.Equal(simulated.Heard.Select(sound => $"{sound}"), real.Heard);
        Assert.Equal(simulated.Rings.SelectMany(ring => ring.Whom.Select(whom => (ring.At, whom))).Order(), real.Rings.Select(rung => (rung.BegunAt, WireCall.NameOf(rung))).Order());
        Assert.Equal(Seen(simulated).Order(), real.Rings.Where(rung => rung.End.Name != "carrier").Select(rung => $"{rung.End.Name} sees {rung.Invite.From.Uri.User}").Order());
        var answeredAt = simulated.Rings.FirstOrDefault(ring => ring.Outcome is Callee.Answers)?.At; // who rang beside him was let go at once
        foreach (var ring in simulated.Rings.Where(ring => ring.Outcome is Callee.NoAnswer && ring.At != answeredAt))
            Assert.Contains(real.Rings, rung => ring.Whom.Contains(WireCall.NameOf(rung)) && rung.BegunAt == ring.At && rung.OverAt == ring.At + ring.For);
        Assert.Equal(Texts(simulated), real.Sms.Count);
        if (simulated.End is SimulatedEnd.Answered(var by)) Assert.Equal(by, real.AnsweredBy);
        else Assert.Equal((((SimulatedEnd.Ended)simulated.End).Cause.Code, null), (real.Cause?.Code, real.AnsweredBy));
        if (simulated.End is SimulatedEnd.Ended(var cause) && real.Caller.Status >= 300) Assert.Equal(cause.Status, real.Caller.Status);
    }

    /// <summary>When a number outside had been rung in vain twice: how long it rests from then on may differ (docs/ROADMAP.md).</summary>
    static DateTimeOffset? RestsFrom(SimulatedRun run) => run.Rings
        .Where(ring => ring.Destination is not null && ring.Outcome is not Callee.Answers)
        .GroupBy(ring => string.Join(' ', ring.Whom)).Select(rings => rings.Skip(1).FirstOrDefault()?.At).Min();

    static IEnumerable<string> Seen(SimulatedRun run) => run.Rings.Where(ring => ring.Destination is null)
        .SelectMany(ring => ring.Whom.Select(whom => $"{whom} sees {(ring.Shown.Hidden || ring.Shown.Number is null ? "anonymous" : ring.Shown.Number)}"));

    /// <summary>Each element sends one at most, the first time that the call comes by.</summary>
    static int Texts(SimulatedRun run) => run.Path.Select(step => step.Decision).Where(decision => decision.Exit is not null && decision.Reason.StartsWith("an SMS goes", StringComparison.Ordinal))
        .DistinctBy(decision => (decision.Scheme, decision.Element)).Count();

    void Count(MomentKind kind, RandomCompany company, SimulatedRun run)
    {
        _moments[kind] = _moments.GetValueOrDefault(kind) + 1;
        foreach (var (decision, _) in run.Path.Take(LongestPath).Select(step => (step.Decision, step.At)))
        {
            if (company.Tenant.Schemes.GetValueOrDefault(decision.Scheme)?.CurrentGraph?[decision.Element] is not { } element) continue;
            var name = char.ToLowerInvariant(element.GetType().Name[0]) + element.GetType().Name[1..^"Element".Length];
            _elements[name] = _elements.GetValueOrDefault(name) + 1;
            if (element is not TimeConditionElement) continue;
            var key = (kind, decision.Exit == TimeConditionElement.OtherwiseExit);
            _hours[key] = _hours.GetValueOrDefault(key) + 1;
        }

        var end = run.End switch { SimulatedEnd.Answered => "answered", SimulatedEnd.Ended(var cause) => cause.Code, _ => "unfinished" };
        _ends[end] = _ends.GetValueOrDefault(end) + 1;
    }

    static string Story(SimulatedRun run) => string.Join("\n  ", run.Path.Take(40).Select(step => $"{step.At:HH:mm:ss} {step.Decision.Element} {step.Decision.Exit}: {step.Decision.Reason}"))
        + $"\n  heard {string.Join(", ", run.Heard)}\n  rings {string.Join(", ", run.Rings.Select(ring => $"{ring.At:HH:mm:ss} {string.Join('+', ring.Whom)} {ring.Outcome}"))}\n  end {run.End}";

    static string Story(WireCall call) => string.Join("\n  ", call.Path.Take(40).Select(step => $"{step.At:HH:mm:ss} {step.Decision.Element} {step.Decision.Exit}: {step.Decision.Reason}"))
        + $"\n  heard {string.Join(", ", call.Heard)}\n  rings {string.Join(", ", call.Rings.Select(rung => $"{rung.BegunAt:HH:mm:ss}-{rung.OverAt:HH:mm:ss} {WireCall.NameOf(rung)} {rung.Status}"))}"
        + $"\n  end {call.AnsweredBy} {call.Cause} {call.Caller.Status}";

    static string Counts<T>(Dictionary<T, int> counts) where T : notnull => string.Join(", ", counts.OrderBy(pair => $"{pair.Key}", StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));

    static int? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
