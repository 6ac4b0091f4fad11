using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;

namespace TeleCube.Sip.Tests.Transactions;

/// <summary>Requests of others: answers, repetitions, ACK, CANCEL, PRACK.</summary>
public sealed class ServerTransactionTests
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    readonly Bench _bench = new();

    [Fact]
    public void An_INVITE_gets_a_100_when_the_user_thinks_for_200_ms()
    {
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Pass(_second);
        Assert.Equal("0 ms > INVITE, 200 ms 100 INVITE", _bench.Seen());
    }

    [Fact]
    public void A_repeated_INVITE_is_answered_without_the_user()
    {
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Respond(180);
        _bench.Receive(Bench.Request("INVITE"));
        Assert.Equal("0 ms > INVITE, 0 ms 100 INVITE, 0 ms 180 INVITE, 0 ms 180 INVITE", _bench.Seen());
        Assert.Equal(2, _bench.Counters.Repeated);
    }

    [Fact]
    public void A_2xx_is_repeated_until_the_ACK_comes()
    {
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Respond(200);
        _bench.Pass(_second * 2);
        _bench.Receive(Bench.Request("ACK", "z9hG4bKack", "us"));
        _bench.Receive(Bench.Request("ACK", "z9hG4bKack", "us"));
        _bench.PassAll();
        Assert.Equal("0 ms > INVITE, 0 ms 200 INVITE, 500 ms 200 INVITE, 1500 ms 200 INVITE, 2000 ms > ACK", _bench.Seen());
        AssertForgotten();
    }

    [Fact]
    public void A_2xx_without_ACK_is_repeated_also_over_TCP_and_reported_after_32_seconds()
    {
        _bench.Receive(Bench.Request("INVITE"), Bench.Tcp);
        _bench.Respond(200);
        _bench.PassAll();
        Assert.Equal(
            "0 ms > INVITE, 0 ms 200 INVITE, 500 ms 200 INVITE, 1500 ms 200 INVITE, 3500 ms 200 INVITE, 7500 ms 200 INVITE, 11500 ms 200 INVITE, "
            + "15500 ms 200 INVITE, 19500 ms 200 INVITE, 23500 ms 200 INVITE, 27500 ms 200 INVITE, 31500 ms 200 INVITE, 32000 ms > ack missing",
            _bench.Seen());
        AssertForgotten();
    }

    [Fact]
    public void A_failure_is_repeated_over_UDP_until_its_ACK_which_the_user_never_sees()
    {
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Respond(486);
        _bench.Pass(_second * 2);
        _bench.Receive(Bench.Request("ACK", toTag: "us"));
        _bench.PassAll();
        Assert.Equal("0 ms > INVITE, 0 ms 486 INVITE, 500 ms 486 INVITE, 1500 ms 486 INVITE", _bench.Seen());
        AssertForgotten();
    }

    [Fact]
    public void A_failure_over_TCP_is_not_repeated_and_forgotten_after_timer_H()
    {
        _bench.Receive(Bench.Request("INVITE"), Bench.Tcp);
        _bench.Respond(486);
        _bench.PassAll();
        Assert.Equal("0 ms > INVITE, 0 ms 486 INVITE", _bench.Seen());
        AssertForgotten();
    }

    [Fact]
    public void The_first_final_answer_stands()
    {
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Respond(200);
        _bench.Respond(486);
        Assert.Equal("0 ms > INVITE, 0 ms 200 INVITE", _bench.Seen());
    }

    [Fact]
    public void A_CANCEL_gets_its_200_and_the_user_is_told()
    {
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Respond(180);
        var invite = _bench.LastServer;
        _bench.Receive(Bench.Request("CANCEL"));
        _bench.Respond(487, to: invite);
        Assert.Equal("0 ms > INVITE, 0 ms 180 INVITE, 0 ms 200 CANCEL, 0 ms > cancelled, 0 ms 487 INVITE", _bench.Seen());
        Assert.Equal("us", ((SipResponse)_bench.Sent[1]).To.Tag); // RFC 3261 §9.2: the INVITE's tag
    }

    [Fact]
    public void A_CANCEL_after_the_final_answer_changes_nothing()
    {
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Respond(200);
        _bench.Receive(Bench.Request("CANCEL"));
        Assert.Equal("0 ms > INVITE, 0 ms 200 INVITE, 0 ms 200 CANCEL", _bench.Seen());
    }

    [Fact]
    public void A_CANCEL_of_nothing_gets_481()
    {
        _bench.Receive(Bench.Request("CANCEL"));
        Assert.Equal("0 ms 481 CANCEL", _bench.Seen());
    }

    [Fact]
    public void A_non_INVITE_gets_no_100_before_the_client_has_backed_off_to_T2()
    {
        _bench.Receive(Bench.Request("OPTIONS"));
        _bench.Receive(Bench.Request("OPTIONS"));
        _bench.Pass(_second * 4);
        _bench.Receive(Bench.Request("OPTIONS"));
        _bench.Respond(200);
        _bench.Receive(Bench.Request("OPTIONS"));
        _bench.PassAll();
        Assert.Equal("0 ms > OPTIONS, 3500 ms 100 OPTIONS, 4000 ms 100 OPTIONS, 4000 ms 200 OPTIONS, 4000 ms 200 OPTIONS", _bench.Seen());
        AssertForgotten();
    }

    [Fact]
    public void A_non_INVITE_that_nobody_answers_is_forgotten_in_silence()
    {
        _bench.Receive(Bench.Request("INFO"), Bench.Tcp);
        _bench.PassAll();
        Assert.Equal("0 ms > INFO, 3500 ms 100 INFO", _bench.Seen());
        AssertForgotten();
    }

    [Theory]
    [InlineData(180)] // RFC 4320 §4.1
    [InlineData(408)] // RFC 4320 §4.2
    public void What_a_non_INVITE_must_not_get_is_not_sent(int status)
    {
        _bench.Receive(Bench.Request("INFO"));
        _bench.Respond(status);
        Assert.Equal("0 ms > INFO", _bench.Seen());
    }

    [Fact]
    public void A_reliable_1xx_is_repeated_until_its_PRACK()
    {
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Respond(183, rseq: "1");
        _bench.Respond(180, rseq: "2"); // waits: RFC 3262 §3
        _bench.Pass(_second * 2);
        _bench.Receive(Bench.Request("PRACK", "z9hG4bKprack", "us", cseq: 2, extra: "RAck: 1 1 INVITE\r\n"));
        Assert.Equal(
            "0 ms > INVITE, 0 ms 183 INVITE, 500 ms 183 INVITE, 1500 ms 183 INVITE, 2000 ms 180 INVITE, 2000 ms > PRACK",
            _bench.Seen());
    }

    [Fact]
    public void A_PRACK_for_which_nothing_waits_gets_481()
    {
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Respond(183, rseq: "1");
        _bench.Receive(Prack(cseq: 2, rseq: 2)); // not sent yet
        _bench.Receive(Prack(cseq: 3, rseq: 1));
        _bench.Receive(Prack(cseq: 4, rseq: 1)); // has its PRACK
        Assert.Equal("0 ms > INVITE, 0 ms 183 INVITE, 0 ms 481 PRACK, 0 ms > PRACK, 0 ms 481 PRACK", _bench.Seen());
    }

    [Fact]
    public void A_PRACK_that_crosses_the_final_answer_is_taken() // RFC 3262 §3
    {
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Respond(183, rseq: "1");
        _bench.Respond(180, rseq: "2"); // waits, and is never sent
        _bench.Respond(200);
        _bench.Receive(Prack(cseq: 2, rseq: 1));
        _bench.Receive(Prack(cseq: 3, rseq: 2));
        Assert.Equal("0 ms > INVITE, 0 ms 183 INVITE, 0 ms 200 INVITE, 0 ms > PRACK, 0 ms 481 PRACK", _bench.Seen());
    }

    [Fact]
    public void A_missing_PRACK_is_reported_after_32_seconds()
    {
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Respond(183, rseq: "1");
        _bench.Pass(_second * 40);
        Assert.EndsWith("31500 ms 183 INVITE, 32000 ms > prack missing", _bench.Seen(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_final_answer_ends_the_repetition_of_a_reliable_1xx()
    {
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Respond(183, rseq: "1");
        _bench.Respond(486);
        _bench.Receive(Bench.Request("ACK", toTag: "us"));
        _bench.PassAll();
        Assert.Equal("0 ms > INVITE, 0 ms 183 INVITE, 0 ms 486 INVITE", _bench.Seen());
        AssertForgotten();
    }

    [Fact]
    public void A_copy_of_a_request_that_came_another_way_is_merged()
    {
        _bench.Receive(Bench.Request("INVITE", "z9hG4bKone"));
        _bench.Receive(Bench.Request("INVITE", "z9hG4bKtwo"));
        Assert.Equal("0 ms > INVITE, 0 ms 482 INVITE", _bench.Seen());
        Assert.Equal(1, _bench.Counters.Merged);
    }

    [Fact]
    public void A_second_try_after_a_challenge_is_not_a_copy()
    {
        _bench.Receive(Bench.Request("REGISTER", "z9hG4bKone"));
        _bench.Respond(401);
        _bench.Receive(Bench.Request("REGISTER", "z9hG4bKtwo")); // same CSeq: some phones do
        Assert.Equal("0 ms > REGISTER, 0 ms 401 REGISTER, 0 ms > REGISTER", _bench.Seen());
    }

    [Fact]
    public void A_branch_of_RFC_2543_is_matched_by_the_rest_of_the_request()
    {
        _bench.Receive(Bench.Request("INVITE", "1"));
        _bench.Receive(Bench.Request("INVITE", "1"));
        _bench.Respond(404);
        _bench.Receive(Bench.Request("ACK", "1", "us"));
        _bench.Receive(Bench.Request("INVITE", "1", callId: "call-2"));
        _bench.PassAll();
        Assert.Equal("0 ms > INVITE, 0 ms 100 INVITE, 0 ms 404 INVITE, 0 ms > INVITE, 200 ms 100 INVITE, 1800000 ms 500 INVITE",
            string.Join(", ", _bench.Seen().Split(", ").Take(6)));
    }

    [Fact]
    public void A_stray_ACK_is_told_for_a_call_that_an_earlier_life_answered()
    {
        _bench.Receive(Bench.Request("ACK", toTag: "us"));
        Assert.Equal("0 ms > ACK", _bench.Seen());
    }

    [Fact]
    public void An_INVITE_that_the_user_forgets_is_refused_in_the_end()
    {
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Pass(_bench.Options.AnswerWithin);
        Assert.Equal("0 ms > INVITE, 200 ms 100 INVITE, 1800000 ms 500 INVITE", _bench.Seen());
    }

    [Fact]
    public void A_restored_2xx_is_repeated_until_its_ACK()
    {
        var invite = Bench.Request("INVITE");
        var ok = SipResponse.For(invite, 200, toTag: "us");
        var id = ServerTransactionId.Of(invite);
        _bench.Servers.Restore(id, new ReceivedRequest(true, invite.ToBytes(), null, Bench.ToUdp), PreparedResponse.From(ok));
        _bench.Pass(_second);
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Receive(Bench.Request("ACK", "z9hG4bKack", "us"));
        _bench.PassAll();
        Assert.Equal("0 ms 200 INVITE, 500 ms 200 INVITE, 1000 ms > ACK", _bench.Seen());
    }

    [Fact]
    public void A_restored_INVITE_can_be_cancelled_and_answered()
    {
        var invite = Bench.Request("INVITE");
        var ringing = SipResponse.For(invite, 180, toTag: "us");
        var id = ServerTransactionId.Of(invite);
        _bench.Servers.Restore(id, new ReceivedRequest(true, invite.ToBytes(), null, Bench.ToUdp), PreparedResponse.From(ringing));
        _bench.Receive(Bench.Request("INVITE"));
        _bench.Receive(Bench.Request("CANCEL"));
        _bench.Servers.Respond(id, PreparedResponse.From(SipResponse.For(invite, 487, toTag: "us")));
        Assert.Equal("0 ms 180 INVITE, 0 ms 200 CANCEL, 0 ms > cancelled, 0 ms 487 INVITE", _bench.Seen());
    }

    void AssertForgotten()
    {
        Assert.Equal(0, _bench.Servers.Count);
        Assert.Equal(0, _bench.TimersArmed);
    }

    static SipRequest Prack(uint cseq, uint rseq) =>
        Bench.Request("PRACK", $"z9hG4bKprack{cseq}", "us", cseq: cseq, extra: $"RAck: {rseq} 1 INVITE\r\n");
}
