namespace TeleCube.Sip.Tests.Transactions;

/// <summary>Any other request of ours, from the first byte to the last timer.</summary>
public sealed class NonInviteClientTests
{
    readonly Bench _bench = new();

    [Fact]
    public void Over_UDP_it_is_repeated_at_intervals_up_to_T2_until_timer_F()
    {
        _bench.Send(Bench.Request("BYE"), Bench.ToUdp);
        _bench.PassAll();
        Assert.Equal(
            "0 ms BYE, 500 ms BYE, 1500 ms BYE, 3500 ms BYE, 7500 ms BYE, 11500 ms BYE, 15500 ms BYE, 19500 ms BYE, 23500 ms BYE, 27500 ms BYE, "
            + "31500 ms BYE, 32000 ms > Timeout",
            _bench.Seen());
        Assert.Equal((0, 0), (_bench.Clients.Count, _bench.TimersArmed));
    }

    [Fact]
    public void After_a_100_it_is_repeated_every_T2()
    {
        _bench.Send(Bench.Request("OPTIONS"), Bench.ToUdp);
        _bench.Pass(TimeSpan.FromMilliseconds(100));
        _bench.Answer(100);
        _bench.Pass(TimeSpan.FromSeconds(9));
        Assert.Equal("0 ms OPTIONS, 100 ms > 100, 500 ms OPTIONS, 4500 ms OPTIONS, 8500 ms OPTIONS", _bench.Seen());
    }

    [Fact]
    public void A_repeated_final_response_is_swallowed_until_timer_K()
    {
        _bench.Send(Bench.Request("BYE"), Bench.ToUdp);
        _bench.Answer(200);
        _bench.Answer(200);
        _bench.Pass(TimeSpan.FromSeconds(6));
        _bench.Answer(200);
        Assert.Equal("0 ms BYE, 0 ms > 200, 6000 ms > stray 200", _bench.Seen());
    }

    [Fact]
    public void Over_TCP_it_is_forgotten_with_its_answer()
    {
        _bench.Send(Bench.Request("BYE"), Bench.ToTcp);
        _bench.Answer(200);
        _bench.Pass(TimeSpan.FromMilliseconds(10));
        Assert.Equal((0, 0), (_bench.Clients.Count, _bench.TimersArmed));
    }
}
