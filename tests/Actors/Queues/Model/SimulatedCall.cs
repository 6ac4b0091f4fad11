using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;

namespace TeleCube.Actors.Tests.Queues.Model;

/// <summary>
/// A call in a queue that keeps to the protocol: it remembers what a real one has in its journal, so it outlives a kill, and says where it stands when asked.
/// </summary>
sealed class SimulatedCall(QueueTicket ticket, ExtensionNumber queue, string? skill, DateTimeOffset since)
{
    static readonly TimeSpan _keptIsSaidFor = TimeSpan.FromSeconds(8);

    readonly List<MissedOffer> _declined = [];
    (QueueExit Why, DateTimeOffset At)? _left;
    bool _wasKept;
    (long Offer, ConsultantId By, DateTimeOffset At)? _took;
    (DateTimeOffset At, bool InVain)? _talked;

    public QueueTicket Ticket => ticket;

    public ExtensionNumber Queue => queue;

    public DateTimeOffset Since => since;

    public bool Waits { get; private set; } = true;

    /// <summary>Its caller hears that the place is kept, up to then, and is still on the line; null: is not, or not any more.</summary>
    public DateTimeOffset? HearsUntil { get; private set; }

    /// <summary>Consultants whose phones ring for it now.</summary>
    public List<ConsultantId> Ringing { get; } = [];

    public DateTimeOffset RingsUntil { get; private set; }

    /// <summary>The consultant who talks in it.</summary>
    public ConsultantId? With { get; private set; }

    /// <summary>A call-back whose number is being dialled: it is not known yet whether anybody answers there.</summary>
    public bool Dials { get; private set; }

    public long LastOffer { get; private set; }

    /// <summary>Its journal is gone: it knows nothing.</summary>
    public bool IsLost { get; private set; }

    public bool IsOver => !Waits && With is null && HearsUntil is null;

    /// <summary>What it has to say, in order.</summary>
    public Queue<DistributorCommand> Says { get; } = [];

    public IEnumerable<ConsultantId> Legs => With is { } with ? [with] : Ringing;

    public DistributorCommand.Join Join => new(ticket, queue, Number, null, skill, since);

    /// <summary>Every other caller shares one, and so can have no place of its own to be called back.</summary>
    string Number => since.Millisecond % 2 == 0 ? "+48600100200" : $"+48600{since.Ticks / TimeSpan.TicksPerMillisecond % 1_000_000:000000}";

    public void Arrive() => Says.Enqueue(Join);

    public void Hear(QueueNotice notice, DateTimeOffset now)
    {
        switch (notice)
        {
            case QueueNotice.Offer offer: Ring(offer, now); break;
            case QueueNotice.Exit when Waits: Exit(now); break;
            case QueueNotice.Exit: HearsUntil = null; break;
            case QueueNotice.CallBackKept when Waits: Keep(now); break;
            case QueueNotice.CallBackRefused when HearsUntil is not null: (Waits, HearsUntil) = (true, null); break;
            case QueueNotice.AreYouThere: SayAgain(now, asked: true); break;
        }
    }

    /// <summary>Says where it stands, as it does after a restart and when it is asked.</summary>
    public void SayAgain(DateTimeOffset now, bool asked = false)
    {
        if (Waits || HearsUntil is not null) SayThatItWaits(now);
        else if (_took is { } took) SayWhoTookIt(took, asked);
        else if (asked || !ticket.CallsBack) SayThatItLeft(now);
    }

    public void Answer(ConsultantId by, DateTimeOffset now)
    {
        (Waits, With, Dials, _took) = (false, by, ticket.CallsBack, (LastOffer, by, now));
        Ringing.Clear();
        Says.Enqueue(new DistributorCommand.Answered(ticket, queue, LastOffer, by, now));
    }

    public void Reject(ConsultantId by, string cause, DateTimeOffset now)
    {
        Ringing.Remove(by);
        var missed = new MissedOffer(by, cause);
        _declined.Add(missed);
        if (Ringing.Count > 0) Says.Enqueue(new DistributorCommand.Declined(ticket, LastOffer, missed, now));
        else Failed([missed], now);
    }

    public void RingInVain(DateTimeOffset now)
    {
        var missed = Ringing.Select(consultant => new MissedOffer(consultant, "no-answer")).ToList();
        Ringing.Clear();
        Failed(missed, now);
    }

    public void Leave(QueueExit why, DateTimeOffset now)
    {
        (Waits, _left) = (false, (why, now));
        Ringing.Clear();
        Says.Enqueue(new DistributorCommand.Leave(ticket, why, now));
    }

    public void AskCallBack(DateTimeOffset now) => Says.Enqueue(new DistributorCommand.AskCallBack(ticket, Number, null, now));

    /// <summary>Who has heard that the place is kept.</summary>
    public void HangUp(DateTimeOffset now)
    {
        (Waits, HearsUntil, _wasKept, _left) = (false, null, true, (QueueExit.Abandoned, now));
        SayThatItLeft(now);
    }

    public void Reach() => Dials = false;

    public void ReachNobody(DateTimeOffset now) => EndTalk(now, inVain: true);

    public void EndTalk(DateTimeOffset now, bool inVain = false)
    {
        (With, Dials, _talked) = (null, false, (now, inVain));
        SayThatItEnded();
    }

    /// <summary>Its journal is lost, or it is given up in the restart: it is not there any more, and says so only when asked.</summary>
    public void Die()
    {
        (Waits, With, HearsUntil, Dials, IsLost, _wasKept, _took, _left) = (false, null, null, false, true, false, null, null);
        Ringing.Clear();
        Says.Clear();
    }

    /// <summary>What its journal says now; undone is what comes after, if that is never written.</summary>
    public Action Remember()
    {
        var (waits, hears, rings, with, dials, last) = (Waits, HearsUntil, RingsUntil, With, Dials, LastOffer);
        var (left, kept, took, talked) = (_left, _wasKept, _took, _talked);
        ConsultantId[] ringing = [.. Ringing];
        MissedOffer[] declined = [.. _declined];
        return () =>
        {
            (Waits, HearsUntil, RingsUntil, With, Dials, LastOffer) = (waits, hears, rings, with, dials, last);
            (_left, _wasKept, _took, _talked) = (left, kept, took, talked);
            Ringing.Clear();
            Ringing.AddRange(ringing);
            _declined.Clear();
            _declined.AddRange(declined);
        };
    }

    void SayThatItWaits(DateTimeOffset now)
    {
        if (ticket.CallsBack) Says.Enqueue(new DistributorCommand.StillRings(ticket));
        else Says.Enqueue(Join);
        if (Ringing.Count > 0) foreach (var missed in _declined) Says.Enqueue(new DistributorCommand.Declined(ticket, LastOffer, missed, now));
        if (HearsUntil is not null) AskCallBack(now);
    }

    /// <summary>Only the distributor knows whether a wish to be called back was granted.</summary>
    void SayThatItLeft(DateTimeOffset now)
    {
        if (_wasKept) AskCallBack(_left!.Value.At);
        Says.Enqueue(new DistributorCommand.Leave(ticket, _left?.Why ?? QueueExit.Lost, _left?.At ?? now));
    }

    /// <summary>Who asks may not know yet that there was a talk at all; unasked, it would be taken for another one.</summary>
    void SayWhoTookIt((long Offer, ConsultantId By, DateTimeOffset At) took, bool asked)
    {
        if (With is not null || asked) Says.Enqueue(new DistributorCommand.Answered(ticket, queue, took.Offer, took.By, took.At));
        if (With is null) SayThatItEnded();
    }

    void SayThatItEnded()
    {
        var (at, inVain) = _talked!.Value;
        if (inVain) Says.Enqueue(new DistributorCommand.CallBackFailed(ticket, _took!.Value.Offer, "busy", at));
        Says.Enqueue(new DistributorCommand.TalkEnded(ticket, queue, _took!.Value.By, at));
    }

    void Ring(QueueNotice.Offer offer, DateTimeOffset now)
    {
        if (HearsUntil is not null) Says.Enqueue(new DistributorCommand.OfferFailed(ticket, offer.Number, [], now));
        else if (!Waits) SayAgain(now, asked: true);
        else if (offer.Number > LastOffer)
        {
            if (Ringing.Count > 0) throw new InvalidOperationException($"{ticket} is offered {offer.Number} while {LastOffer} rings");
            LastOffer = offer.Number;
            _declined.Clear();
            Ringing.AddRange(offer.Consultants);
            RingsUntil = now + offer.For;
        }
        else if (offer.Number < LastOffer || Ringing.Count == 0) Says.Enqueue(new DistributorCommand.OfferFailed(ticket, offer.Number, [], now));
    }

    void Exit(DateTimeOffset now)
    {
        if (Ringing.Count > 0 && !ticket.CallsBack) throw new InvalidOperationException($"{ticket} is sent out while consultants ring for it");
        (Waits, _left) = (false, (QueueExit.Timeout, now));
        Ringing.Clear();
    }

    void Keep(DateTimeOffset now)
    {
        if (Ringing.Count > 0) Failed([], now);
        Ringing.Clear();
        (Waits, HearsUntil) = (false, now + _keptIsSaidFor);
    }

    void Failed(List<MissedOffer> missed, DateTimeOffset now)
    {
        Says.Enqueue(new DistributorCommand.OfferFailed(ticket, LastOffer, [.. missed], now));
        if (ticket.CallsBack) (Waits, _left) = (false, (QueueExit.Lost, now)); // the next try is another call
    }
}
