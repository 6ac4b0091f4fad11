using TeleCube.Actors.Calls.Timeline;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>After a restart the timeline of a call begins with what its journal has.</summary>
public sealed class JournalLadderTests
{
    readonly CallTable _call = new();
    readonly CallTimeline _timeline;

    public JournalLadderTests()
    {
        _timeline = new CallTimeline(_call.Call.Id.Entity(CallTable.Company), keepMessages: true);
        _call.Dial("11", extra: "Authorization: Digest username=\"10\", response=\"secret\"\r\n");
        _call.Answer(1, 180);
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
    }

    [Fact]
    public void It_has_the_INVITEs_the_answers_and_the_decisions_in_their_order()
    {
        Replay();
        Assert.Equal(
            ["sip-in INVITE 0", "decision routed", "sip-out INVITE 1", "sip-in 180 1", "sip-out 180 0", "sip-in 200 1", "sip-out 200 0", "decision bridged 1", "sip-in ACK 0"],
            _timeline.Entries.Select(entry => $"{entry.Kind} {entry.Code} {(entry.Code == "routed" ? "" : entry.Leg)}".TrimEnd()));
        Assert.StartsWith("INVITE sip:11@", _timeline.Entries[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", _timeline.Entries[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_that_is_read_again_is_told_once()
    {
        Replay();
        var once = _timeline.Entries.Count;
        Replay();
        Assert.Equal(once, _timeline.Entries.Count);
    }

    [Fact]
    public void What_comes_after_the_restart_follows()
    {
        _call.Restart();
        Replay();
        var recovered = Assert.Single(_timeline.Entries, entry => entry.Code == "recovered");
        Assert.Equal("sip-in", _timeline.Entries[0].Kind);
        Assert.True(_timeline.Entries.ToList().IndexOf(recovered) > 5);
    }

    void Replay()
    {
        foreach (var happened in _call.Events) _timeline.Replayed(happened);
    }
}
