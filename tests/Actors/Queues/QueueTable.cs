using System.Collections.Immutable;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Queues.Deciding;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>A company with queue 1000 and consultants 10, 11, 12, to which things are said one after the other.</summary>
sealed class QueueTable
{
    public static readonly ExtensionNumber Sales = ExtensionNumber.Parse("1000");
    public static readonly ExtensionNumber Service = ExtensionNumber.Parse("2000");
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public QueueTable(Func<Queue, Queue>? set = null)
    {
        var queue = new Queue(Sales) { Name = "Sales", Consultants = [.. Ids("10", "11", "12").Select(id => new LinkedConsultant(id))] };
        World.Queues[Sales] = set?.Invoke(queue) ?? queue;
    }

    public QueueTestWorld World { get; } = new();

    public DistributorState State { get; private set; } = DistributorState.Initial;

    public DateTimeOffset Now { get; private set; } = Noon;

    /// <summary>What the last command came to.</summary>
    public DistributorTurn Last { get; private set; } = null!;

    public List<DistributorEvent> History { get; } = [];

    public static ConsultantId Id(string text) => ConsultantId.Parse(text);

    public static IEnumerable<ConsultantId> Ids(params string[] texts) => texts.Select(Id);

    public static QueueTicket Ticket(string call) => new(new CallId(call), 0);

    public QueueState Queue => State.Queues[Sales];

    public string Waiting => string.Join(' ', State.Queues.GetValueOrDefault(Sales)?.Waiting.Select(caller => caller.Ticket.Call.Value) ?? []);

    /// <summary>Who rings for whom: <c>10:anna 11:bert</c>.</summary>
    public string Ringing => Doing(ConsultantActivity.Ringing);

    public string Talking => Doing(ConsultantActivity.Talking);

    public IEnumerable<QueueNotice> Told(string call) =>
        Last.Said.OfType<QueueSaid.Notice>().Where(said => said.To == Ticket(call)).Select(said => said.What);

    public QueueTable Set(Func<Queue, Queue> change, ExtensionNumber? number = null)
    {
        World.Queues[number ?? Sales] = change(World.Queues.GetValueOrDefault(number ?? Sales) ?? new Queue(number ?? Sales));
        return this;
    }

    public QueueTable After(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return Says(new DistributorCommand.Look());
    }

    public QueueTable Says(DistributorCommand command)
    {
        Last = DistributorDecider.Decide(State, command, World, Now);
        State = Last.Events.Aggregate(State, DistributorApply.Apply);
        History.AddRange(Last.Events);
        return this;
    }

    public QueueTable Joins(string call, string? skill = null, ExtensionNumber? queue = null, DateTimeOffset? since = null)
    {
        Now += TimeSpan.FromMilliseconds(1); // nobody comes at the very same time
        return Says(new DistributorCommand.Join(Ticket(call), queue ?? Sales, "+48600100200", null, skill, since ?? Now));
    }

    public QueueTable Leaves(string call, QueueExit why = QueueExit.Abandoned) => Says(new DistributorCommand.Leave(Ticket(call), why, Now));

    public QueueTable Fails(string call, string cause = "no-answer") => Says(new DistributorCommand.OfferFailed(
        OfferOf(call).Ticket, OfferOf(call).Number, [.. OfferOf(call).Consultants.Select(id => new MissedOffer(id, cause))], Now));

    public QueueTable Answers(string by, string call) => Says(new DistributorCommand.Answered(OfferOf(call).Ticket, Sales, OfferOf(call).Number, Id(by), Now));

    public QueueTable HangsUp(string by, string? transferredTo = null) => State.Consultants[Id(by)] is var who
        ? Says(new DistributorCommand.TalkEnded(who.Ticket, who.Queue, who.Id, Now) { TransferredTo = transferredTo })
        : this;

    public QueueTable PicksUp(string by, string call) => Says(new DistributorCommand.Leave(Ticket(call), QueueExit.Answered, Now) { PickedUpBy = by });

    public QueueTable LogsIn(string who) => Says(new DistributorCommand.LogIn(Sales, Id(who)));

    public QueueTable LogsOut(string who) => Says(new DistributorCommand.LogOut(Sales, Id(who)));

    public QueueTable Pauses(string who, string? reason = null) => Says(new DistributorCommand.Pause(Sales, Id(who), reason));

    public QueueTable AsksCallBack(string call, string number = "+48600100200") =>
        Says(new DistributorCommand.AskCallBack(Ticket(call), number, null, Now));

    public QueueEstimate Estimate() => QueueEstimate.Now(World.Queues[Sales], State, World, Now);

    public QueueOffer OfferOf(string call) => State.Queues.Values.SelectMany(queue => queue.Waiting).First(caller => caller.Ticket == Ticket(call)).Offer
        ?? throw new InvalidOperationException($"nobody is rung for {call}");

    string Doing(ConsultantActivity activity) => string.Join(' ', State.Consultants.Values.Where(who => who.Activity == activity).Select(who => $"{who.Id}:{CallerOf(who)}"));

    string CallerOf(ConsultantState who) => State.Queues.Values.SelectMany(queue => queue.Waiting)
        .FirstOrDefault(caller => caller.Offer?.Number == who.Offer)?.Ticket.Call.Value ?? who.Caller?.Ticket.Call.Value ?? who.Ticket.Call.Value;
}
