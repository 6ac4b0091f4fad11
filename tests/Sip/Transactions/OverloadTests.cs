using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;

namespace TeleCube.Sip.Tests.Transactions;

/// <summary>Beyond the limit new calls are refused at once and without memory; what is accepted goes on.</summary>
public sealed class OverloadTests
{
    readonly Bench _bench = new(new SipStackOptions
    {
        MaxUnansweredInvites = 2,
        IsExempt = request => request.Uri.User == "112",
    });

    [Fact]
    public void A_new_INVITE_beyond_the_limit_gets_503_and_a_time_to_wait()
    {
        Fill();
        _bench.Receive(Bench.Request("INVITE", "z9hG4bKc", callId: "c"));
        Assert.Equal("0 ms > INVITE, 0 ms > INVITE, 0 ms 503 INVITE", _bench.Seen());
        Assert.InRange(int.Parse(_bench.Sent[^1].Headers.First(SipHeaderName.RetryAfter)!, null), 5, 10);
        Assert.Equal((2, 1L), (_bench.Servers.Count, _bench.Counters.RefusedForLoad));
    }

    [Fact]
    public void The_ACK_of_such_a_refusal_disturbs_nobody()
    {
        Fill();
        _bench.Receive(Bench.Request("INVITE", "z9hG4bKc", callId: "c"));
        _bench.Seen();
        _bench.Receive(Bench.Request("ACK", "z9hG4bKc", _bench.Sent[^1].To.Tag!, "c"));
        Assert.Equal("", _bench.Seen());
    }

    [Fact]
    public void A_repetition_of_an_accepted_INVITE_is_not_refused()
    {
        Fill();
        _bench.Receive(Bench.Request("INVITE", "z9hG4bKa", callId: "a"));
        Assert.EndsWith("100 INVITE", _bench.Seen(), StringComparison.Ordinal);
    }

    [Fact]
    public void Room_is_made_by_the_first_word_of_the_user()
    {
        Fill();
        _bench.Respond(100);
        _bench.Receive(Bench.Request("INVITE", "z9hG4bKc", callId: "c"));
        Assert.EndsWith("> INVITE", _bench.Seen(), StringComparison.Ordinal);
    }

    [Fact]
    public void Emergency_calls_and_calls_in_progress_are_let_in()
    {
        Fill();
        var emergency = Bench.Request("INVITE", "z9hG4bKe", callId: "e");
        emergency.Uri = emergency.Uri.WithUser("112");
        _bench.Receive(emergency);
        _bench.Receive(Bench.Request("INVITE", "z9hG4bKr", "ours", "r", 2));
        _bench.Receive(Bench.Request("BYE", "z9hG4bKb", "ours", "b", 2));
        Assert.EndsWith("0 ms > INVITE, 0 ms > INVITE, 0 ms > BYE", _bench.Seen(), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_an_INVITE_is_an_emergency_call()
    {
        var bench = new Bench(new SipStackOptions { MaxServerTransactions = 1, IsExempt = request => request.Uri.User == "112" });
        bench.Receive(Bench.Request("OPTIONS"));
        var other = Bench.Request("MESSAGE", "z9hG4bKm", callId: "m");
        other.Uri = other.Uri.WithUser("112");
        bench.Receive(other);
        Assert.Equal("0 ms > OPTIONS, 0 ms 503 MESSAGE", bench.Seen());
        Assert.Equal(1, bench.Servers.Count);
    }

    [Fact]
    public void Emergency_calls_have_a_ceiling_of_their_own_and_room_again_when_one_is_over()
    {
        var bench = new Bench(new SipStackOptions { MaxServerTransactions = 1, MaxExemptBeyondLimits = 2, IsExempt = request => request.Uri.User == "112" });
        bench.Receive(Bench.Request("OPTIONS"));
        bench.Seen();
        foreach (var id in (string[])["a", "b", "c"]) bench.Receive(Emergency(id));
        Assert.Equal("0 ms > INVITE, 0 ms > INVITE, 0 ms 503 INVITE", bench.Seen());

        bench.Respond(407);
        bench.PassAll();
        bench.Seen();
        bench.Receive(Bench.Request("OPTIONS", "z9hG4bKo", callId: "o"));
        bench.Receive(Emergency("d"));
        Assert.EndsWith("> INVITE", bench.Seen(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_made_up_tag_is_no_call_in_progress()
    {
        var bench = new Bench(new SipStackOptions { MaxServerTransactions = 1, IsDialogTag = tag => tag == "ours" });
        bench.Receive(Bench.Request("OPTIONS"));
        bench.Seen();
        bench.Receive(Bench.Request("BYE", "z9hG4bKx", "theirs", "x", 2));
        bench.Receive(Bench.Request("BYE", "z9hG4bKy", "ours", "y", 2));
        bench.Receive(Bench.Request("BYE", "z9hG4bKz", "ours", "z", 2)); // overheard once, it is no licence for any number
        Assert.Equal("0 ms 503 BYE, 0 ms > BYE, 0 ms 503 BYE", bench.Seen());
    }

    [Fact]
    public void A_CANCEL_of_nothing_leaves_nothing_behind()
    {
        _bench.Receive(Bench.Request("CANCEL"));
        Assert.Equal(("0 ms 481 CANCEL", 0, 0), (_bench.Seen(), _bench.Servers.Count, _bench.TimersArmed));
    }

    static SipRequest Emergency(string id)
    {
        var invite = Bench.Request("INVITE", $"z9hG4bK{id}", callId: id);
        invite.Uri = invite.Uri.WithUser("112");
        return invite;
    }

    void Fill()
    {
        _bench.Receive(Bench.Request("INVITE", "z9hG4bKa", callId: "a"));
        _bench.Receive(Bench.Request("INVITE", "z9hG4bKb", callId: "b"));
    }
}
