using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Tests.Transactions;

/// <summary>An INVITE of ours, from the first byte to the last timer.</summary>
public sealed class InviteClientTests
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    readonly Bench _bench = new();

    [Fact]
    public void Over_UDP_it_is_repeated_with_growing_intervals_until_timer_B()
    {
        _bench.Send(Bench.Request("INVITE"), Bench.ToUdp);
        _bench.PassAll();
        Assert.Equal(
            "0 ms INVITE, 500 ms INVITE, 1500 ms INVITE, 3500 ms INVITE, 7500 ms INVITE, 15500 ms INVITE, 31500 ms INVITE, 32000 ms > Timeout",
            _bench.Seen());
        AssertForgotten();
    }

    [Fact]
    public void Over_TCP_it_is_sent_once()
    {
        _bench.Send(Bench.Request("INVITE"), Bench.ToTcp);
        _bench.PassAll();
        Assert.Equal("0 ms INVITE, 32000 ms > Timeout", _bench.Seen());
        AssertForgotten();
    }

    [Fact]
    public void After_a_provisional_response_it_waits_for_the_user_for_ever()
    {
        _bench.Send(Bench.Request("INVITE"), Bench.ToUdp);
        _bench.Answer(100);
        _bench.Answer(180, "bob");
        _bench.PassAll();
        Assert.Equal("0 ms INVITE, 0 ms > 100, 0 ms > 180", _bench.Seen());
        Assert.Equal(1, _bench.Clients.Count);
    }

    [Fact]
    public void A_failure_is_acknowledged_within_the_transaction_each_time_it_comes()
    {
        _bench.Send(Bench.Request("INVITE"), Bench.ToUdp);
        var invite = (SipRequest)_bench.Sent[0];
        _bench.Answer(486, "bob", invite);
        _bench.Answer(486, "bob", invite);
        _bench.PassAll();
        Assert.Equal("0 ms INVITE, 0 ms ACK, 0 ms > 486, 0 ms ACK", _bench.Seen());

        var ack = (SipRequest)_bench.Sent[1];
        Assert.Equal(invite.TopVia, ack.TopVia);
        Assert.Equal(invite.Uri, ack.Uri);
        Assert.Equal("bob", ack.To.Tag);
        Assert.Equal(invite.CSeq.Number, ack.CSeq.Number);
        AssertForgotten();
    }

    [Fact]
    public void A_repeated_2xx_gets_the_kept_ACK_and_the_user_hears_it_once()
    {
        var id = _bench.Send(Bench.Request("INVITE"), Bench.ToUdp);
        var invite = (SipRequest)_bench.Sent[0];
        _bench.Answer(200, "bob", invite);
        _bench.Acknowledge(id, Bench.Request("ACK", toTag: "bob"), Bench.ToUdp);
        _bench.Pass(_second);
        _bench.Answer(200, "bob", invite);
        Assert.Equal("0 ms INVITE, 0 ms > 200, 0 ms ACK, 1000 ms ACK", _bench.Seen());
        Assert.Equal(_bench.Sent[1].ToString(), _bench.Sent[2].ToString());
    }

    [Fact]
    public void Each_fork_that_answers_is_heard_and_has_its_own_ACK()
    {
        var id = _bench.Send(Bench.Request("INVITE"), Bench.ToUdp);
        var invite = (SipRequest)_bench.Sent[0];
        _bench.Answer(200, "bob", invite);
        _bench.Answer(200, "carol", invite);
        _bench.Acknowledge(id, Bench.Request("ACK", toTag: "carol"), Bench.ToUdp);
        _bench.Answer(200, "bob", invite);   // not acknowledged yet: nothing to repeat
        _bench.Answer(200, "carol", invite);
        Assert.Equal("0 ms INVITE, 0 ms > 200, 0 ms > 200, 0 ms ACK, 0 ms ACK", _bench.Seen());
        Assert.All(_bench.Sent.Skip(1), ack => Assert.Equal("carol", ack.To.Tag));
    }

    [Fact]
    public void A_2xx_after_timer_M_is_a_stray_response()
    {
        _bench.Send(Bench.Request("INVITE"), Bench.ToUdp);
        var invite = (SipRequest)_bench.Sent[0];
        _bench.Answer(200, "bob", invite);
        _bench.Pass(_second * 33);
        _bench.Answer(200, "bob", invite);
        Assert.Equal("0 ms INVITE, 0 ms > 200, 33000 ms > stray 200", _bench.Seen());
        AssertForgotten();
    }

    [Fact]
    public void A_CANCEL_waits_for_the_first_provisional_response()
    {
        var id = _bench.Send(Bench.Request("INVITE"), Bench.ToUdp);
        var invite = (SipRequest)_bench.Sent[0];
        _bench.Clients.Cancel(id, ("Reason", "SIP;cause=200;text=\"Call completed elsewhere\""));
        Assert.Equal("0 ms INVITE", _bench.Seen());

        _bench.Answer(180, "bob", invite);
        Assert.Equal("0 ms > 180, 0 ms CANCEL", _bench.Seen());
        var cancel = (SipRequest)_bench.Sent[1];
        Assert.Equal(invite.TopVia, cancel.TopVia);
        Assert.Null(cancel.To.Tag);
        Assert.Contains("cause=200", cancel.Headers.First(SipHeaderName.Reason), StringComparison.Ordinal);

        _bench.Answer(200, "bob", cancel);
        _bench.Answer(487, "bob", invite);
        _bench.PassAll();
        Assert.Equal("0 ms ACK, 0 ms > 487", _bench.Seen());
        AssertForgotten();
    }

    [Fact]
    public void A_cancelled_INVITE_without_an_end_is_given_up_after_32_seconds()
    {
        var id = _bench.Send(Bench.Request("INVITE"), Bench.ToUdp);
        var invite = (SipRequest)_bench.Sent[0];
        _bench.Answer(180, "bob", invite);
        _bench.Pass(_second * 10);
        _bench.Clients.Cancel(id);
        _bench.Answer(200, "bob", (SipRequest)_bench.Sent[1]);
        _bench.PassAll();
        Assert.Equal("0 ms INVITE, 0 ms > 180, 10000 ms CANCEL, 42000 ms > Timeout", _bench.Seen());
        AssertForgotten();
    }

    [Fact]
    public void No_CANCEL_follows_a_final_response()
    {
        var id = _bench.Send(Bench.Request("INVITE"), Bench.ToUdp);
        _bench.Answer(200, "bob");
        _bench.Clients.Cancel(id);
        Assert.Equal("0 ms INVITE, 0 ms > 200", _bench.Seen());
    }

    [Fact]
    public void The_same_seed_gives_the_same_branch_and_a_restarted_user_takes_over()
    {
        var first = _bench.Send(Bench.Request("INVITE"), Bench.ToUdp, "call-7/3", "before");
        _bench.Answer(180, "bob");
        var second = _bench.Send(Bench.Request("INVITE"), Bench.ToUdp, "call-7/3", "after");
        Assert.Equal(first, second);
        Assert.Equal("0 ms INVITE, 0 ms > 180, 0 ms > 180", _bench.Seen());
        Assert.Equal(["before", "after"], _bench.Contexts);
    }

    [Fact]
    public void One_of_an_earlier_life_is_cancelled_without_being_sent_again()
    {
        var id = _bench.Restore(Bench.Request("INVITE"), Bench.ToUdp, out var invite);
        Assert.Empty(_bench.Sent);
        _bench.Clients.Cancel(id);
        var cancel = (SipRequest)_bench.Sent[0];
        _bench.Answer(200, "bob", cancel);
        _bench.Answer(487, "bob", invite);
        Assert.Equal("0 ms CANCEL, 0 ms ACK, 0 ms > 487", _bench.Seen());
        Assert.Equal((invite.TopVia, invite.TopVia), (cancel.TopVia, ((SipRequest)_bench.Sent[1]).TopVia));
        _bench.PassAll();
        AssertForgotten();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_of_an_earlier_life_that_nobody_knows_is_given_up(bool cancelled)
    {
        var id = _bench.Restore(Bench.Request("INVITE"), Bench.ToUdp, out _);
        if (cancelled)
        {
            _bench.Clients.Cancel(id);
            _bench.Answer(481, "bob", (SipRequest)_bench.Sent[0]);
        }
        _bench.PassAll();
        Assert.Equal(cancelled ? "0 ms CANCEL, 32000 ms > Timeout" : "32000 ms > Timeout", _bench.Seen());
        AssertForgotten();
    }

    [Fact]
    public void A_repeated_reliable_provisional_response_is_heard_once()
    {
        _bench.Send(Bench.Request("INVITE"), Bench.ToUdp);
        _bench.Answer(183, "bob", rseq: "17");
        _bench.Answer(183, "bob", rseq: "17");
        _bench.Answer(180, "bob", rseq: "19"); // 18 is missing
        _bench.Answer(180, "bob", rseq: "18");
        Assert.Equal("0 ms INVITE, 0 ms > 183, 0 ms > 180", _bench.Seen());
    }

    [Fact]
    public void A_failed_send_ends_it()
    {
        var id = _bench.Send(Bench.Request("INVITE"), Bench.ToTcp);
        Assert.True(_bench.Clients.Failed(id.Value));
        Assert.Equal("0 ms INVITE, 0 ms > Transport", _bench.Seen());
        AssertForgotten();
    }

    [Fact]
    public void Our_Via_names_the_advertised_address_and_asks_for_rport()
    {
        _bench.Send(Bench.Request("INVITE"), Bench.ToUdp);
        var via = _bench.Sent[0].TopVia;
        Assert.Equal(("UDP", "us.example", 5060, true), (via.Transport, via.Host, via.Port, via.HasRPort));
        Assert.Equal(2, _bench.Sent[0].Vias.Count);
    }

    [Fact]
    public void A_long_request_goes_by_TCP_where_the_target_offers_it()
    {
        var request = Bench.Request("INVITE");
        request.SetBody("application/sdp", new byte[1400]);
        _bench.Send(request, Bench.ToUdp with { OffersTcp = true });
        _bench.Send(request, Bench.ToUdp, "other");
        Assert.Equal("TCP", _bench.Sent[0].TopVia.Transport);
        Assert.Equal("UDP", _bench.Sent[1].TopVia.Transport);
    }

    void AssertForgotten()
    {
        Assert.Equal(0, _bench.Clients.Count);
        Assert.Equal(0, _bench.TimersArmed);
    }
}
