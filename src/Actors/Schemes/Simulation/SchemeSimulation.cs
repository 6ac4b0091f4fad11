using System.Collections.Immutable;
using System.Diagnostics;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;

namespace TeleCube.Actors.Schemes.Simulation;

/// <summary>Takes a call through a scheme without making one, by the very <see cref="SchemeWalk"/> and <see cref="DialPlan"/> of real calls.</summary>
public sealed partial class SchemeSimulation
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
    readonly SmsGate _sms;
    readonly HashSet<(SchemeId, ElementId)> _texted = [];
    readonly IMailboxes _mailboxes;
    readonly string _language;
    DateTimeOffset _now;

    SchemeSimulation(SimulatedCall call, TenantState tenant, IRoutingView live, DialPlanOptions options, IMailboxes? mailboxes, string language, SmsLimits? sms)
    {
        _sms = new SmsGate(new SmsLedger(sms ?? SmsLimits.Default)); // nobody was sent one before
        (_mailboxes, _language) = (mailboxes ?? NoMailboxes.Instance, language);
        (_call, _tenant, _now) = (call, tenant, call.At);
        var byNumber = tenant.ExternalNumbers.Values.Where(external => call.Callees.ContainsKey(external.Id.Value))
            .Select(external => KeyValuePair.Create(external.Number.Value, call.Callees[external.Id.Value]));
        _view = new SimulatedView(live, call.Callees.SetItems(byNumber));
        _plan = new DialPlan(_view, options);
        _digits = new Queue<char>(call.Digits);
    }

    public static SimulatedRun Run(SimulatedCall call, TenantState tenant, IRoutingView live,
        DialPlanOptions options, IMailboxes? mailboxes = null, string language = "pl",
        SmsLimits? sms = null)
    {
        var simulation = new SchemeSimulation(call, tenant, live, options, mailboxes, language, sms);
        var end = simulation.Walk();
        return new SimulatedRun(simulation._path.DrainToImmutable(), simulation._heard.DrainToImmutable(), simulation._rings.DrainToImmutable(), end);
    }

    SimulatedEnd Walk()
    {
        var (at, news) = (_call.Start, (ElementNews)new ElementNews.Entered());
        for (var waits = 0; waits < MostWaits; waits++)
        {
            var move = SchemeWalk.Next(at, news, Context(at));
            if (move.Step is not ElementStep.Stay || move.At.Memory != at.Memory) // a key that nobody waits for is no news
                _path.AddRange(move.Path.Select(decision => new SimulatedDecision(decision, _now)));
            at = move.At;
            var (next, end) = CarryOut(move.Step, ref at);
            if (end is not null) return end;
            news = next!;
        }

        return new SimulatedEnd.Unfinished();
    }

    /// <summary>What happens then, or the end. A forward may lead into another scheme.</summary>
    (ElementNews? News, SimulatedEnd? End) CarryOut(ElementStep step, ref SchemePosition at)
    {
        if (step is not (ElementStep.Stay or ElementStep.Join or ElementStep.CallBack)) _queue = null;
        switch (step)
        {
            case ElementStep.Play(var sounds, _):
                _heard.AddRange(sounds);
                return (new ElementNews.Played(), null);
            case ElementStep.Listen(var time, _): return (Listen(time), null);
            case ElementStep.Text(var sms, _): return (Text(at, sms), null);
            case ElementStep.Ring(var route, _): return After(Ring(route), ref at);
            case ElementStep.Record(_, var longest, _, _):
                _now += longest;
                return (new ElementNews.Recorded(), null);
            case ElementStep.Ask(_, var question, _):
                return (new ElementNews.Said(BoxSays(question)), null);
            case ElementStep.Join join: return Join(join, at.Caller);
            case ElementStep.Decide: return (new ElementNews.Decided(_call.Decisions.GetValueOrDefault(at.Element.Value), "the simulation asks nobody"), null);
            case ElementStep.CallBack: return CallBack(at.Caller);
            case ElementStep.Stay: return _queue is null ? (new ElementNews.Silence(), null) : WaitOn(at.Caller);
            case ElementStep.End(var cause, _): return (null, new SimulatedEnd.Ended(cause));
            default: throw new UnreachableException($"{step.GetType().Name} is no step to carry out");
        }
    }

    /// <summary>Who simulates learns of no PIN.</summary>
    static MailboxAnswer BoxSays(MailboxQuestion question) => question switch
    {
        MailboxQuestion.CheckPin => MailboxAnswer.PinRight,
        MailboxQuestion.Outcome => MailboxAnswer.Kept,
        _ => MailboxAnswer.Done,
    };

    (ElementNews? News, SimulatedEnd? End) After(RouteStep? outcome, ref SchemePosition at)
    {
        if (outcome is null) return (null, Answered());
        if (outcome is RouteStep.RunScheme { InsteadOf: { } instead } && SchemeWalk.GoesOn(at, instead, Context(at)))
            return (new ElementNews.NotReached(instead), null);
        if (outcome is not RouteStep.RunScheme(var start)) return (new ElementNews.NotReached(((RouteStep.Refuse)outcome).Cause), null);
        at = start;
        return (new ElementNews.Entered(), null);
    }

    SimulatedEnd.Answered Answered() => new(_rings.First(ring => ring.Outcome is Callee.Answers).Whom.First(whom => Does(whom) is Callee.Answers));

    ElementContext Context(SchemePosition at) =>
        new(_tenant, _now, at.Caller, _call.Dialled, _plan, CallId) { Mailboxes = _mailboxes, Language = _language };

    ElementNews.Texted Text(SchemePosition at, SmsWish sms)
    {
        if (_texted.Contains((at.Scheme, at.Element))) return new ElementNews.Texted(true, ElementNews.Texted.Before);
        var verdict = _sms.Ask(_tenant, sms, _view, _now);
        if (verdict.Price is not null) _texted.Add((at.Scheme, at.Element));
        return new ElementNews.Texted(verdict.Price is not null, verdict.Why);
    }

    ElementNews Listen(TimeSpan time)
    {
        if (_digits.TryDequeue(out var digit)) return new ElementNews.Key(digit);
        _now += time;
        return new ElementNews.Silence();
    }

    /// <summary>Null if somebody answers; else why nobody was reached, after all forwards, or the scheme to which one of them leads.</summary>
    RouteStep? Ring(Route route)
    {
        while (true)
        {
            switch (route.Next)
            {
                case RouteStep.Ring(var extension, var time, var shown):
                    if (Rung([extension], shown, time) is not { } cause) return null;
                    route = _plan.AfterRinging(_tenant, ExtensionNumber.Parse(extension), shown, cause, CallId);
                    break;
                case RouteStep.RingGroup(var extensions, var time, var shown): return Refused(Rung(extensions, shown, time));
                case RouteStep.Dial dial: return Refused(Rung([dial.Number], ShownBy(dial), dial.For, dial));
                case RouteStep.Refuse or RouteStep.RunScheme: return route.Next;
                default: throw new UnreachableException($"{route.Next.GetType().Name} rings nobody");
            }
        }
    }

    /// <summary>The first trunk that takes the number says what may be shown through it.</summary>
    CallerId ShownBy(RouteStep.Dial dial) =>
        _view.Trunk(dial.Trunks[0]) is { } trunk ? dial.From with { Number = CarrierIdentity.NumberShown(trunk, dial.From) } : dial.From;

    static RouteStep.Refuse? Refused(EndCause? cause) => cause is null ? null : new RouteStep.Refuse(cause);

    /// <summary>Of several the one who answers counts, then whoever tells the caller most, as when phones ring (RFC 3261 §16.7 in spirit).</summary>
    EndCause? Rung(ImmutableArray<string> whom, CallerId shown, TimeSpan time, RouteStep.Dial? dial = null)
    {
        var outcome = whom.Select(Does).MinBy(callee => callee switch
        {
            Callee.Answers => 0,
            Callee.NoAnswer when whom.Length > 1 => 1,
            Callee.Declines => 2,
            Callee.Busy => 3,
            Callee.NoAnswer => 4,
            _ => 5,
        });
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
