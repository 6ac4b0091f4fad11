using System.Net;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.News;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Tests.News;

/// <summary>What outsiders are told of a call: a public format.</summary>
public sealed class CallNewsTests
{
    static readonly DateTimeOffset _now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    static readonly CallState _call = new()
    {
        Id = new CallId("c1"),
        Tenant = new TenantId("firmaabcde"),
        Legs = [Leg(0, new Party.Phone("10")), Leg(1, new Party.Outside("carrier", "+48601222333"))],
    };

    [Fact]
    public void Ringing_is_told_once_a_leg()
    {
        var rang = new CallEvent.Rang(1, null, null, false, _now);
        Told("call.ringing", """{"call":"c1","leg":1,"party":"\u002B48601222333"}""", CallNews.Of(rang, _call, _call));
        Assert.Null(CallNews.Of(rang, _call.With(_call.Legs[1] with { Phase = LegPhase.Ringing }), _call));
    }

    [Fact]
    public void A_hold_is_told_and_not_each_renegotiation()
    {
        var held = new CallEvent.Changed(0, null!, null!, true, null, null, _now);
        Told("call.held", """{"call":"c1","leg":0,"party":"10","by":"peer"}""", CallNews.Of(held, _call, _call));
        Assert.Null(CallNews.Of(held, _call.With(_call.Legs[0] with { HeldByPeer = true }), _call));
        Assert.Null(CallNews.Of(held with { HeldByPeer = false }, _call, _call));
        Told("call.resumed", """{"call":"c1","leg":1,"party":"\u002B48601222333","by":"api"}""", CallNews.Of(new CallEvent.HeldByUs(1, false, _now), _call, _call));
    }

    [Fact]
    public void A_transfer_is_told_when_it_begins_and_when_it_is_done()
    {
        var transfer = new Transfer(0, 1, "13", OverSip: true);
        Told("call.transfer-began", """{"call":"c1","leg":1,"target":"13"}""", CallNews.Of(new CallEvent.TransferBegan(transfer, _now), _call, _call));
        var bridged = new CallEvent.Bridged(1, 2, _now);
        Told("call.transferred", """{"call":"c1","leg":1,"target":"13"}""", CallNews.Of(bridged, _call with { Transfer = transfer }, _call));
        Assert.Null(CallNews.Of(bridged, _call, _call)); // it began to talk, no more
        var failed = new CallEvent.TransferFailed(EndCause.Busy, _now);
        Told("call.transfer-failed", """{"call":"c1","cause":"busy"}""", CallNews.Of(failed, _call, _call));
    }

    [Fact]
    public void A_call_to_a_number_that_nobody_holds_is_told_to_nobody()
    {
        var recovered = new CallEvent.Recovered(_call.Legs, _now);
        Told("call.recovered", """{"call":"c1"}""", CallNews.Of(recovered, _call, _call));
        Assert.Null(CallNews.Of(recovered, _call, _call with { Tenant = TenantId.Platform }));
    }

    static void Told(string type, string json, StoreWrite.Publish? told) =>
        Assert.Equal(new StoreWrite.Publish(_call.Tenant, type, _now, json), told);

    static Leg Leg(int number, Party party) => new()
    {
        Number = number,
        Role = LegRole.Uac,
        Party = party,
        LocalTag = "t",
        Target = new SipTarget(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5060)),
    };
}
