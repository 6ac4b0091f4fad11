using System.Collections.Immutable;
using System.Diagnostics;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Schemes.Simulation;

/// <summary>Takes a call through a scheme without making one, by the very <see cref="SchemeWalk"/> and <see cref="DialPlan"/> of real calls.</summary>
public sealed class SchemeSimulation
{
    const string CallId = "simulation";

    /// <summary>How often a call may wait for something before the simulation has seen enough of it.</summary>
    const int MostWaits = 200;

    static readonly EndCause _declined = EndCause.Of(603, "Decline");

    readonly SimulatedCall _call;
    readonly TenantState _tenant;
    readonly SimulatedView _view;
    readonly DialPlan _plan;
    readonly Queue<char> _digits;
    readonly ImmutableArray<SimulatedDecision>.Builder _path = ImmutableArray.CreateBuilder<SimulatedDecision>();
    readonly ImmutableArray<SoundId>.Builder _heard = ImmutableArray.CreateBuilder<SoundId>();
    readonly ImmutableArray<SimulatedRing>.Builder _rings = ImmutableArray.CreateBuilder<SimulatedRing>();
    DateTimeOffset _now;

    SchemeSimulation(SimulatedCall call, TenantState tenant, IRoutingView live, DialPlanOptions options)
    {
        (_call, _tenant, _now) = (call, tenant, call.At);
        var byNumber = tenant.ExternalNumbers.Values.Where(external => call.Callees.ContainsKey(external.Id.Value))
            .Select(external => KeyValuePair.Create(external.Number.Value, call.Callees[external.Id.Value]));
        _view = new SimulatedView(live, call.Callees.SetItems(byNumber));
        _plan = new DialPlan(_view, options);
        _digits = new Queue<char>(call.Digits);
    }

    public static SimulatedRun Run(SimulatedCall call, TenantState tenant, IRoutingView live, DialPlanOptions options)
    {
        var simulation = new SchemeSimulation(call, tenant, live, options);
        var end = simulation.Walk();
        return new SimulatedRun(simulation._path.DrainToImmutable(), simulation._heard.DrainToImmutable(), simulation._rings.DrainToImmutable(), end);
    }

    SimulatedEnd Walk()
    {
        var (at, news) = (_call.Start, (ElementNews)new ElementNews.Entered());
        for (var waits = 0; waits < MostWaits; waits++)
        {
            var move = SchemeWalk.Next(at, news, new ElementContext(_tenant, _now, at.Caller, _call.Dialled, _plan, CallId));
            _path.AddRange(move.Path.Select(decision => new SimulatedDecision(decision, _now)));
            switch (move.Step)
            {
                case ElementStep.Play(var sounds, _):
                    _heard.AddRange(sounds);
                    news = new ElementNews.Played();
                    break;
                case ElementStep.Listen(var time, _): news = Listen(time); break;
                case ElementStep.Ring(var route, _) when Ring(route) is var cause:
                    if (cause is null) return new SimulatedEnd.Answered(_rings[^1].Whom.First(whom => Does(whom) is Callee.Answers));
                    news = new ElementNews.NotReached(cause);
                    break;
                case ElementStep.Stay: news = new ElementNews.Silence(); break;
                case ElementStep.End(var ends, _): return new SimulatedEnd.Ended(ends);
                default: throw new UnreachableException($"{move.Step.GetType().Name} is no step to carry out");
            }

            at = move.At;
        }

        return new SimulatedEnd.Unfinished();
    }

    ElementNews Listen(TimeSpan time)
    {
        if (_digits.TryDequeue(out var digit)) return new ElementNews.Key(digit);
        _now += time;
        return new ElementNews.Silence();
    }

    /// <summary>Why nobody was reached, after all forwards; null if somebody answers.</summary>
    EndCause? Ring(Route route)
    {
        while (true)
        {
            switch (route.Next)
            {
                case RouteStep.Ring(var extension, var time, var shown):
                    if (Rung([extension], shown, time) is not { } cause) return null;
                    route = _plan.AfterRinging(_tenant, ExtensionNumber.Parse(extension), shown, cause, CallId);
                    break;
                case RouteStep.RingGroup(var extensions, var time, var shown): return Rung(extensions, shown, time);
                case RouteStep.Dial dial: return Rung([dial.Number], dial.From, dial.For, dial);
                case RouteStep.Refuse(var refused): return refused;
                default: throw new UnreachableException($"{route.Next.GetType().Name} rings nobody");
            }
        }
    }

    /// <summary>Of several the one who answers counts, then whoever tells the caller most, as when phones ring (RFC 3261 §16.7 in spirit).</summary>
    EndCause? Rung(ImmutableArray<string> whom, CallerId shown, TimeSpan time, RouteStep.Dial? dial = null)
    {
        var outcome = whom.Select(Does).MinBy(callee => callee switch { Callee.Answers => 0, Callee.NoAnswer when whom.Length > 1 => 1, Callee.Declines => 2, Callee.Busy => 3, Callee.NoAnswer => 4, _ => 5 });
        _rings.Add(new SimulatedRing(whom, shown, time, outcome, _now) { Destination = dial?.Destination, PerMinute = dial is null ? null : PriceOf(dial) });
        if (outcome is Callee.NoAnswer) _now += time;
        return outcome switch
        {
            Callee.Answers => null,
            Callee.Busy => EndCause.Busy,
            Callee.NoAnswer => EndCause.NoAnswer,
            Callee.Declines => _declined,
            _ => EndCause.Unreachable,
        };
    }

    Callee Does(string whom) => _view.Does(whom);

    Price? PriceOf(RouteStep.Dial dial)
    {
        if (_view.TariffOf(_tenant) is not { } tariff || !DialledNumber.TryParse(dial.Number, out var number)) return null;
        return tariff.Find(number, dial.OnNet) is { } row ? Rating.PerUnit(row, tariff.VatAt(VatDay.Of(_now))) : Price.Zero;
    }
}
