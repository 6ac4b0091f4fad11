using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using static TeleCube.Actors.Queues.DistributorEvent;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>The figures of one queue, counted from its events; in whole seconds.</summary>
sealed class QueueFigures
{
    readonly Dictionary<string, ConsultantFigures> _consultants = [];
    readonly Dictionary<ConsultantId, Answered> _talking = [];
    readonly Dictionary<QueueTicket, Answered> _reached = [];
    readonly Dictionary<QueueTicket, TalkEnded> _talks = [];
    readonly Dictionary<(QueueTicket, long), DateTimeOffset> _offers = [];

    public QueueFigures(IEnumerable<DistributorEvent> journal, ExtensionNumber queue)
    {
        foreach (var happened in journal.Where(one => one.Queue == queue)) Count(happened);
        foreach (var answered in _reached.Values) Of(answered.By.Value).Taken++;
        foreach (var talk in _talks.Values) Of(talk.By.Value).Talked += Seconds(talk.Talked);
    }

    public int Offered { get; private set; }

    public int Answered => _reached.Count;

    public Dictionary<QueueExit, int> Exits { get; } = [];

    public IEnumerable<int> Waits => _reached.Values.Select(answered => Seconds(answered.Waited));

    public List<int> AbandonedAfter { get; } = [];

    public List<string> PickedUp { get; } = [];

    public int CallBacksAsked { get; private set; }

    public int CallBacksFailed { get; private set; }

    public int CallBacksMade => _reached.Values.Count(answered => answered.CallBack is not null);

    /// <summary>The service level: of those who were answered.</summary>
    public double AnsweredWithin(int seconds) => (double)Waits.Count(wait => wait <= seconds) / Answered;

    public ConsultantFigures Of(string consultant) =>
        _consultants.TryGetValue(consultant, out var known) ? known : _consultants[consultant] = new ConsultantFigures();

    void Count(DistributorEvent happened)
    {
        switch (happened)
        {
            case Joined: Offered++; break;
            case TurnedAway e:
                Offered++;
                Leave(e.Why);
                break;
            case Left e:
                Leave(e.Why);
                if (e.PickedUpBy is { } by) PickedUp.Add($"{by} after {Seconds(e.Waited)} s");
                if (e.Why is QueueExit.Abandoned) AbandonedAfter.Add(Seconds(e.Waited));
                break;
            case Offered e: _offers[(e.Ticket, e.Offer)] = e.At; break;
            case Declined e: Miss(e.By, e.At - _offers[(e.Ticket, e.Offer)]); break;
            case OfferFailed e:
                foreach (var missed in e.Missed) Miss(missed, e.Rang);
                break;
            case Answered e: (_talking[e.By], _reached[e.Ticket]) = (e, e); break;
            case TalkEnded e: EndTalk(e); break;
            case Released e when _talking.Remove(e.Consultant, out var began):
                Of(e.Consultant.Value).Talked += Seconds(e.At - began.At);
                break;
            case CallBackAsked: CallBacksAsked++; break;
            case CallBackFailed e:
                CallBacksFailed++;
                _reached.Remove(e.Ticket); // whom a consultant took it for was not there
                break;
        }
    }

    void EndTalk(TalkEnded e)
    {
        Of(e.By.Value).WrappedUp += Seconds(e.WrapUp);
        if (e.TransferredTo is { } to) Of(e.By.Value).Transferred.Add(to);
        if (_talking.Remove(e.By, out var began) && _reached.ContainsValue(began)) _talks[began.Ticket] = e;
    }

    void Miss(MissedOffer missed, TimeSpan rang) => Of(missed.Consultant.Value).Missed.Add($"{missed.Cause} after {Seconds(rang)} s");

    void Leave(QueueExit why) => Exits[why] = Exits.GetValueOrDefault(why) + 1;

    static int Seconds(TimeSpan time) => (int)Math.Round(time.TotalSeconds);
}

/// <summary>What one consultant did for the queue.</summary>
sealed class ConsultantFigures
{
    public int Taken { get; set; }

    public int Talked { get; set; }

    public int WrappedUp { get; set; }

    public List<string> Missed { get; } = [];

    public List<string> Transferred { get; } = [];
}
