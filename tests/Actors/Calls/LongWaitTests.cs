using TeleCube.Actors.Calls.Model;
using static TeleCube.Actors.Tests.Calls.QueueSpec;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>A caller waits for hours while the same consultants are rung in vain again and again.</summary>
public sealed class LongWaitTests
{
    const int Offers = 200;

    readonly QueueSpec _spec = new();

    CallTable Table => _spec.Table;

    [Fact]
    public void What_the_call_holds_does_not_grow_and_its_record_counts_every_ring()
    {
        _spec.CallIn();
        for (var offer = 1; offer <= Offers; offer++) InVain(offer);
        Assert.InRange(_spec.Call.Legs.Length, 1, 40);
        Assert.All(_spec.Call.Legs.Skip(1), leg => Assert.Equal((false, null), (leg.Live, leg.Media!.LocalSdp)));

        Table.Now += TimeSpan.FromMinutes(3); // nobody of those rings any more
        _spec.Offer(Offers + 1, Anna, Basia);
        Table.Answer(_spec.LegOf(Basia), 180);
        Assert.All(_spec.Call.Legs.Where(leg => !leg.Live), leg => Assert.Null(leg.Sent));
        Assert.Equal(_spec.Call.Legs.Length, _spec.Call.Legs.Select(leg => leg.LocalTag).Distinct().Count());
        Table.Restart();
        Table.Answer(_spec.LegOf(Basia), 200, "bob");
        Assert.Equal(new Pair(0, _spec.LegOf(Basia)), _spec.Call.Talk);
        Table.Now += TimeSpan.FromSeconds(42);
        Table.FromCallee(_spec.LegOf(Basia), "BYE", 2);

        var cdr = Table.Events.OfType<CallEvent.Ended>().Single().Cdr;
        Assert.Equal(("12", 42, "answered"), (cdr.Callee, cdr.DurationSeconds, cdr.Disposition));
        Assert.Equal(["11", "12"], cdr.Untaken.Select(more => more.Consultant));
        foreach (var consultant in new[] { "11", "12" })
            Assert.Equal(Offers + 1, cdr.Legs.Count(leg => leg.Party == consultant) + cdr.Untaken.Single(more => more.Consultant == consultant).Legs);
    }

    [Fact]
    public void An_answer_that_crossed_the_cancel_finds_its_leg_as_long_as_it_may_come()
    {
        _spec.CallIn();
        for (var offer = 1; offer <= 30; offer++) InVain(offer, seconds: 1); // in less than 64 s
        Assert.Equal(61, _spec.Call.Legs.Length);
        Assert.Empty(_spec.Call.Untaken);
    }

    void InVain(int offer, int seconds = 20)
    {
        _spec.Offer(offer, Anna, Basia);
        Table.Answer(_spec.LegOf(Anna), 180);
        Table.Now += TimeSpan.FromSeconds(seconds);
        _spec.RingingIsOver();
    }
}
