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

    void Fill()
    {
        _bench.Receive(Bench.Request("INVITE", "z9hG4bKa", callId: "a"));
        _bench.Receive(Bench.Request("INVITE", "z9hG4bKb", callId: "b"));
    }
}
