using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Timeline;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>ARCHITECTURE §3: without the journal nothing new begins but emergency calls, what runs goes on, and nothing of it is lost when the journal is back.</summary>
public sealed class StoreAwayTests
{
    static readonly TimeSpan _retry = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_new_call_is_refused_with_the_time_to_come_again_and_leaves_nothing()
    {
        await using var house = new CallHouse();
        house.Journal.Away = true;

        house.Dial("11");

        Assert.Equal("5", (await house.Responds(503)).Headers.First("Retry-After"));
        Assert.Equal(0, house.Live.Count);
        Assert.Empty(house.Journaled);
    }

    [Fact]
    public async Task An_emergency_call_goes_through_and_is_appended_when_the_journal_is_back()
    {
        await using var house = new CallHouse();
        house.Journal.Away = true;

        house.Dial("112");
        await Talk(house);
        await HangUp(house);
        Assert.Empty(house.Journaled);

        house.Clock.Advance(_retry); // still away: it is tried again, and again
        await house.State();
        Assert.Empty(house.Journaled);
        house.Journal.Away = false;
        house.Clock.Advance(_retry);

        await house.Writes("call.closed");
        Assert.Equal(
            ["call.started", "call.routed", "call.dialled", "call.answered", "call.accepted", "call.bridged", "call.acknowledged", "call.leg-ended", "call.leg-ended", "call.ended", "call.closed"],
            house.Journaled);
        Assert.Contains("\"durationSeconds\":30", (await house.Cdr())!.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_emergency_call_is_journaled_from_its_beginning_while_it_runs()
    {
        await using var house = new CallHouse();
        house.Journal.Away = true;
        house.Dial("112");
        await Talk(house);

        house.Journal.Away = false;
        house.Clock.Advance(_retry);
        await house.Writes("call.acknowledged");
        Assert.Null(await house.Cdr());
        await HangUp(house);

        await house.Writes("call.closed");
        Assert.Equal("call.closed", house.Journaled.Last());
        Assert.NotNull(await house.Cdr());
    }

    [Fact]
    public async Task A_running_call_can_be_hung_up_and_its_record_is_appended_later()
    {
        await using var house = new CallHouse();
        house.Dial("11");
        await Talk(house);
        await house.Writes("call.acknowledged");
        var acknowledged = house.Journaled.Count();

        house.Journal.Away = true;
        await HangUp(house);
        Assert.Equal(acknowledged, house.Journaled.Count());
        Assert.Null(await house.Cdr());

        house.Journal.Away = false;
        house.Clock.Advance(_retry);
        await house.Writes("call.closed");
        Assert.Equal("call.closed", house.Journaled.Last());
        Assert.Contains("\"durationSeconds\":30", (await house.Cdr())!.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_has_ended_is_closed_when_the_journal_is_back()
    {
        await using var house = new CallHouse();
        house.Dial("11");
        await Talk(house);
        house.Clock.Advance(TimeSpan.FromSeconds(30));
        var caller = await house.State();
        house.FromCaller(SipResponse.For(CallTable.Invite("11"), 200, null, caller.Legs[0].LocalTag), "BYE", 2);
        var bye = await house.Sends("BYE");
        await house.Writes("call.ended");

        house.Journal.Away = true; // the CDR is there; only that nothing is owed any more cannot be written
        house.Answered(bye);
        await house.WaitsAtMost(_retry); // it has tried, and will again
        house.Journal.Away = false;
        house.Clock.Advance(_retry);

        await house.Writes("call.closed");
        Assert.Equal("call.closed", house.Journaled.Last());
    }

    [Fact]
    public async Task A_running_call_whose_append_may_have_been_written_is_written_once()
    {
        await using var house = new CallHouse();
        house.Dial("11");
        await Talk(house);
        await house.Writes("call.acknowledged");

        house.Journal.LoseNextAnswer();
        house.Journal.Away = true;
        await HangUp(house);
        Assert.NotNull(await house.Cdr()); // it was written, but the call does not know
        house.Journal.Away = false;
        house.Clock.Advance(_retry);

        await house.Writes("call.closed");
        Assert.Equal("call.closed", house.Journaled.Last());
        Assert.Single(house.Journaled, type => type == "call.ended");
    }

    [Fact]
    public async Task A_refused_call_whose_beginning_may_have_been_written_is_ended_there_too()
    {
        await using var house = new CallHouse();
        house.Journal.LoseNextAnswer();
        house.Journal.Away = true;

        house.Dial("11");
        await house.Responds(503);
        await house.State();
        house.Journal.Away = false;
        house.Clock.Advance(_retry);

        await house.Writes("call.closed");
        Assert.Equal(["call.started", "call.routed", "call.dialled", "call.leg-ended", "call.leg-ended", "call.ended", "call.closed"], house.Journaled);
        Assert.Contains("storage-away", (await house.Cdr())!.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happened_meanwhile_stands_once_in_the_timeline()
    {
        await using var house = new CallHouse();
        house.Journal.Away = true;
        house.Dial("112");
        await Talk(house);
        house.Journal.Away = false;
        house.Clock.Advance(_retry);
        await house.Writes("call.acknowledged");

        var timeline = await house.Region.Ask<IReadOnlyList<TimelineEntry>>(house.Call, new GetTimeline(), TimeSpan.FromSeconds(10));
        Assert.Single(timeline, entry => entry.Code == "bridged");
        Assert.Single(timeline, entry => entry.Code == "routed");
    }

    static async Task Talk(CallHouse house)
    {
        house.Answer(await house.Sends("INVITE"));
        var answer = await house.Responds(200);
        house.FromCaller(answer, "ACK", 1);
        Assert.Equal(CallPhase.Talking, (await house.State()).Phase);
    }

    /// <summary>After half a minute the caller hangs up, and the far end says that it has heard it.</summary>
    static async Task HangUp(CallHouse house)
    {
        house.Clock.Advance(TimeSpan.FromSeconds(30));
        var caller = (await house.State()).Legs[0];
        house.FromCaller(SipResponse.For(CallTable.Invite("11"), 200, null, caller.LocalTag), "BYE", 2);
        house.Answered(await house.Sends("BYE"));
        await house.State(); // the turn is over, its timers are armed
    }
}
