using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Timeline;
using TeleCube.Actors.Queues;
using TeleCube.Media.Messages;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>What the timeline of a long call keeps, and what it says of a call that still talks.</summary>
public sealed class TimelineTests
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    static readonly DateTimeOffset _noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void However_many_messages_there_are_no_decision_is_lost_for_them_and_the_last_stand_too()
    {
        var timeline = new CallTimeline(new CallId("c").Entity(CallTable.Company), keepMessages: true);
        var invite = CallTable.Invite("12");
        timeline.Saw(new CallEvent.Routed(1, new RouteStep.Refuse(EndCause.Busy), 0, "the first decision", _noon));
        for (var i = 1; i <= 3000; i++) timeline.Sent(0, SipResponse.For(invite, 180), _noon.AddSeconds(i));
        timeline.Saw(new CallEvent.QueueLeft(new QueueTicket(new CallId("c"), 1), QueueExit.Answered, 7, _noon.AddSeconds(2500)));
        timeline.Saw(new CallEvent.Bridged(0, 7, _noon.AddSeconds(3001)));

        var lines = timeline.Entries;
        Assert.Equal(["routed", "queue-left", "cut", "bridged"], lines.Where(line => line.Kind != "sip-out").Select(line => line.Code));
        Assert.Contains($"{3000 - 300 - 200} SIP messages", lines.Single(line => line.Code == "cut").Text, StringComparison.Ordinal);
        Assert.Equal((_noon.AddSeconds(1), _noon.AddSeconds(3000)), (lines.First(line => line.Kind == "sip-out").At, lines.Last(line => line.Kind == "sip-out").At));
        Assert.Equal(lines.OrderBy(line => line.At), lines);
        Assert.Equal("180 Ringing (INVITE)", lines.Last(line => line.Kind == "sip-out").Text);
    }

    [Fact]
    public void Of_very_many_decisions_the_first_and_the_last_are_kept()
    {
        var timeline = new CallTimeline(new CallId("c").Entity(CallTable.Company), keepMessages: false);
        for (var i = 0; i < 5000; i++) timeline.Saw(new CallEvent.TrunkFailed($"t{i}", "busy", _noon.AddSeconds(i)));
        timeline.Saw(new CallEvent.Bridged(0, 7, _noon.AddSeconds(5000)));
        var lines = timeline.Entries;
        Assert.Equal(("t0: busy", "bridged", 501), (lines[0].Text, lines[^1].Code, lines.Count));
    }

    [Fact]
    public void A_wish_to_be_called_back_stands_there_once()
    {
        var spec = new QueueSpec();
        spec.CallIn();
        spec.Offer(7, QueueSpec.Anna);
        spec.Press(0, '#');
        spec.Say(new QueueNotice.CallBackKept());
        var timeline = new CallTimeline(spec.Call.Id.Entity(CallTable.Company), keepMessages: false);
        foreach (var happened in spec.Table.Events) timeline.Saw(happened);
        Assert.Equal(["wants to be called back", "its place is kept: it will be called back"], timeline.Entries.Where(line => line.Code == "call-back").Select(line => line.Text));
    }

    [Fact]
    public async Task Of_a_call_that_talks_the_present_quality_is_told()
    {
        await using var house = new CallHouse { Quality = StreamQuality.None with { PacketsReceived = 500, PacketsSent = 499, Mos = 4.1 } };
        await Talk(house);
        Assert.Equal(["MOS 4.10", "MOS 4.10"], await Mos(house));
        house.Quality = house.Quality with { Mos = 2.5 };
        Assert.Equal(["MOS 2.50", "MOS 2.50"], await Mos(house)); // as it is now, not as it was as well
    }

    [Fact]
    public void Of_a_stream_that_was_never_heard_nothing_is_judged()
    {
        Assert.Equal("stream 7: received 0, sent 0", QualityOf(StreamQuality.None));
        Assert.Equal("stream 7: received 0, sent 90", QualityOf(StreamQuality.None with { PacketsSent = 90 }));
        Assert.Equal(
            "stream 7: received 500, sent 90, lost 5 (1.0 %), jitter 2.0 ms, MOS 4.30",
            QualityOf(StreamQuality.None with { PacketsReceived = 500, PacketsSent = 90, PacketsLost = 5, LossPercent = 1, JitterMs = 2, Mos = 4.3 }));
        Assert.EndsWith(", jitter 2.0 ms, round trip 31.5 ms, MOS 4.30", QualityOf(StreamQuality.None with { PacketsReceived = 500, JitterMs = 2, RoundTripMs = 31.5, Mos = 4.3 }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_keeps_nobody_waiting()
    {
        await using var house = new CallHouse { Quality = null };
        await Talk(house);
        var asked = Ask(house);
        await house.WaitsAtMost(QualityPatience);
        house.Clock.Advance(QualityPatience);
        Assert.Contains(await asked, line => line.Code == "bridged");
    }

    static string QualityOf(StreamQuality figures)
    {
        var timeline = new CallTimeline(new CallId("c").Entity(CallTable.Company), keepMessages: false);
        timeline.Took(new CallCommand.Media(new MediaEvent.Closed(new StreamId(7), figures)), CallState.Initial, _noon);
        return Assert.Single(timeline.Entries).Text;
    }

    static TimeSpan QualityPatience => TimeSpan.FromSeconds(1);

    static async Task Talk(CallHouse house)
    {
        house.Dial("11");
        house.Answer(await house.Sends("INVITE"));
        house.FromCaller(await house.Responds(200), "ACK", 1);
        await house.Writes("call.acknowledged");
    }

    static Task<IReadOnlyList<TimelineEntry>> Ask(CallHouse house) => house.Region.Ask<IReadOnlyList<TimelineEntry>>(house.Call, new GetTimeline(), _patience);

    static async Task<IEnumerable<string>> Mos(CallHouse house) => (await Ask(house)).Where(line => line.Code == "quality").Select(line => line.Text[line.Text.IndexOf("MOS", StringComparison.Ordinal)..]);
}
