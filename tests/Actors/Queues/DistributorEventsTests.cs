using System.Text;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>What queues write into the journal is read back as it was.</summary>
public sealed class DistributorEventsTests
{
    static readonly EventRegistry _registry = new EventRegistry().AddQueueEvents();

    [Fact]
    public void Every_event_and_the_state_is_read_back_as_it_was()
    {
        var ticket = QueueTable.Ticket("01jgg0000000000000000anna0");
        var back = new QueueTicket(ticket.Call, QueueTicket.CallBackSerial);
        var (queue, ten, outside, at) = (QueueTable.Sales, QueueTable.Id("10"), ConsultantId.Of(new ExternalNumberId("boss")), QueueTable.Noon);
        var caller = new WaitingCaller(ticket, "+48600100200", "Anna", at)
        {
            Skill = "fr",
            Offer = new QueueOffer(3, back, [ten, outside], at),
            Tried = [ten],
            NotBefore = at,
            RestsUntil = at,
            CallBack = new CallBackPlace("+48600100200", "+48221112233", at, 2) { NotBefore = at, HasHungUp = true },
        };
        DistributorEvent[] all =
        [
            new DistributorEvent.Joined(queue, caller, 1, at),
            new DistributorEvent.TurnedAway(queue, ticket, "+48600100200", QueueExit.NoConsultants, at),
            new DistributorEvent.Left(queue, ticket, QueueExit.Abandoned, 2, TimeSpan.FromSeconds(61.5), at),
            new DistributorEvent.Offered(queue, ticket, 3, back, [ten, outside], at) { NewRound = true },
            new DistributorEvent.Declined(queue, ticket, 3, new MissedOffer(ten, "declined"), true, at),
            new DistributorEvent.OfferFailed(queue, ticket, 3, [new MissedOffer(outside, "no-answer")], TimeSpan.FromSeconds(20), at, at) { Ignored = [outside], SoonestAt = at },
            new DistributorEvent.Answered(queue, ticket, 3, ten, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(3), new DateOnly(2026, 1, 1), at) { CallBack = back },
            new DistributorEvent.TalkEnded(queue, ticket, ten, TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(15), at),
            new DistributorEvent.WrapUpEnded(queue, ten, at),
            new DistributorEvent.Released(queue, ticket, ten, at),
            new DistributorEvent.RestBegan(queue, outside, new ConsultantRest("busy", 2, at), at),
            new DistributorEvent.RestEnded(queue, ten, at),
            new DistributorEvent.CallBackAsked(queue, ticket, "+48600100200", null, at) { NotBefore = at },
            new DistributorEvent.HungUp(queue, ticket, at),
            new DistributorEvent.CallBackFailed(queue, ticket, "busy", 1, at, at),
            new DistributorEvent.LoggedIn(queue, ten, false, at),
            new DistributorEvent.LoggedOut(queue, ten, true, at),
            new DistributorEvent.Paused(queue, ten, "lunch", at) { Automatic = true },
            new DistributorEvent.Unpaused(queue, ten, at),
            new DistributorEvent.Forgot(queue, [ten], [outside], [ten], at),
            new DistributorEvent.Dropped(queue, at),
        ];
        Assert.Empty(typeof(DistributorEvent).GetNestedTypes().Except(all.Select(one => one.GetType())));
        foreach (var one in all) Assert.Equal(Text(one), Text(Back(one)));

        var state = all.Take(19).Aggregate(DistributorState.Initial, DistributorApply.Apply);
        Assert.Equal(Text(state), Text(Back(state)));
    }

    [Fact]
    public void An_event_of_before_a_field_was_there_is_read_too()
    {
        var old = """{"queue":"1000","ticket":{"call":{"value":"01jgg0000000000000000anna0"},"serial":1},"offer":3,"missed":[],"rang":"00:00:20","retryAt":"2026-01-01T12:00:05+00:00","at":"2026-01-01T12:00:00+00:00"}""";
        var failed = Assert.IsType<DistributorEvent.OfferFailed>(_registry.Decode("queue.offer-failed", 1, Encoding.UTF8.GetBytes(old)));
        Assert.Empty(failed.Ignored);
    }

    static object Back(object one)
    {
        var (type, version, payload) = _registry.Encode(one);
        return _registry.Decode(type, version, payload);
    }

    static string Text(object one) => Encoding.UTF8.GetString(_registry.Encode(one).Payload);
}
