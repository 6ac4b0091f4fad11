using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;

namespace TeleCube.Actors.Tests.Queues.Model;

/// <summary>
/// A call in a queue that keeps to the protocol: it remembers what a real one has in its journal, so it outlives a kill, and says where it stands when asked.
/// </summary>
sealed class SimulatedCall(QueueTicket ticket, ExtensionNumber queue, string? skill, DateTimeOffset since)
{
    readonly List<MissedOffer> _declined = [];

    public QueueTicket Ticket => ticket;

    public ExtensionNumber Queue => queue;

    public DateTimeOffset Since => since;

    public bool Waits { get; private set; } = true;

    /// <summary>Consultants whose phones ring for it now.</summary>
    public List<ConsultantId> Ringing { get; } = [];

    public DateTimeOffset RingsUntil { get; private set; }

    /// <summary>The consultant who talks in it.</summary>
    public ConsultantId? With { get; private set; }

    /// <summary>A call-back whose number is being dialled: it is not known yet whether anybody answers there.</summary>
    public bool Dials { get; private set; }

    public long LastOffer { get; private set; }

    public bool IsOver => !Waits && With is null;

    /// <summary>What it has to say, in order.</summary>
    public Queue<DistributorCommand> Says { get; } = [];

    public IEnumerable<ConsultantId> Legs => With is { } with ? [with] : Ringing;

    public DistributorCommand.Join Join => new(ticket, queue, "+48600100200", null, skill, since);

    public void Arrive() => Says.Enqueue(Join);

    public void Hear(QueueNotice notice, DateTimeOffset now)
    {
        switch (notice)
        {
            case QueueNotice.Offer offer: Ring(offer, now); break;
            case QueueNotice.Exit when Waits: Exit(); break;
            case QueueNotice.CallBackKept when Waits: StopRinging(now); Leave(QueueExit.CallBack, now); break;
            case QueueNotice.AreYouThere: SayAgain(now); break;
        }
    }

    /// <summary>Says where it stands, as it does after a restart and when it is asked.</summary>
    public void SayAgain(DateTimeOffset now)
    {
        Says.Enqueue(With is { } with
            ? new DistributorCommand.Answered(ticket, queue, LastOffer, with, now)
            : Waits ? Join : new DistributorCommand.Leave(ticket, QueueExit.Lost, now));
        if (Ringing.Count > 0) foreach (var missed in _declined) Says.Enqueue(new DistributorCommand.Declined(ticket, LastOffer, missed, now));
    }

    public void Answer(ConsultantId by, DateTimeOffset now)
    {
        (Waits, With, Dials) = (false, by, ticket.CallsBack);
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
        Waits = false;
        Ringing.Clear();
        Says.Enqueue(new DistributorCommand.Leave(ticket, why, now));
    }

    public void AskCallBack(DateTimeOffset now) => Says.Enqueue(new DistributorCommand.AskCallBack(ticket, "+48600100200", null, now));

    public void Reach() => Dials = false;

    public void ReachNobody(DateTimeOffset now)
    {
        Says.Enqueue(new DistributorCommand.CallBackFailed(ticket, LastOffer, "busy", now));
        EndTalk(now);
    }

    public void EndTalk(DateTimeOffset now)
    {
        Says.Enqueue(new DistributorCommand.TalkEnded(ticket, queue, With!.Value, now));
        With = null;
    }

    /// <summary>Its journal is lost, or it is given up in the restart: it is not there any more, and says so only when asked.</summary>
    public void Die()
    {
        (Waits, With) = (false, null);
        Ringing.Clear();
        Says.Clear();
    }

    void Ring(QueueNotice.Offer offer, DateTimeOffset now)
    {
        if (!Waits) SayAgain(now);
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

    void Exit()
    {
        if (Ringing.Count > 0 && !ticket.CallsBack) throw new InvalidOperationException($"{ticket} is sent out while consultants ring for it");
        Waits = false;
        Ringing.Clear();
    }

    void StopRinging(DateTimeOffset now)
    {
        if (Ringing.Count > 0) RingInVainFor(now);
    }

    void RingInVainFor(DateTimeOffset now)
    {
        Ringing.Clear();
        Failed([], now);
    }

    void Failed(List<MissedOffer> missed, DateTimeOffset now)
    {
        Says.Enqueue(new DistributorCommand.OfferFailed(ticket, LastOffer, [.. missed], now));
        if (ticket.CallsBack) Waits = false; // the next try is another call
    }
}
