using System.Text.Json;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Tests.Transactions;

namespace TeleCube.Sip.Tests.Dialogs;

/// <summary>RFC 3261 §12 from both sides.</summary>
public sealed class DialogTests
{
    const string Routes = "Record-Route: <sip:p2.example;lr>, <sip:p1.example;lr>\r\n";

    [Fact]
    public void A_server_takes_the_route_as_it_stands_and_the_target_from_Contact()
    {
        var dialog = Server();
        Assert.Equal(new DialogId("call-1", "us", "alice"), dialog.Id);
        Assert.Equal(["sip:p2.example;lr", "sip:p1.example;lr"], dialog.RouteSet.Select(route => route.Uri.ToString()));
        Assert.Equal("sip:alice@127.0.0.1:6000", dialog.RemoteTarget.ToString());
        Assert.Equal(1u, dialog.RemoteSeq);
        Assert.Equal(DialogPhase.Early, dialog.Phase);
    }

    [Fact]
    public void The_ACK_of_a_2xx_carries_the_credentials_of_its_INVITE() // RFC 3261 §22.1
    {
        var invite = Bench.Request("INVITE", extra: "Proxy-Authorization: Digest username=\"firma\", realm=\"r\", nonce=\"n\", uri=\"sip:bob@us.example\", response=\"0\"\r\n");
        var ack = Client(200).Ack(invite);
        Assert.Equal(invite.Headers.First("Proxy-Authorization"), ack.Headers.First("Proxy-Authorization"));
        Assert.False(ack.Headers.Has(SipHeaderName.Authorization));
        Assert.Equal(new CSeq(1, SipMethod.Ack), ack.CSeq);
    }

    [Fact]
    public void A_client_takes_the_route_in_reverse()
    {
        var dialog = Client(180);
        Assert.Equal(new DialogId("call-1", "alice", "bob"), dialog.Id);
        Assert.Equal(["sip:p1.example;lr", "sip:p2.example;lr"], dialog.RouteSet.Select(route => route.Uri.ToString()));
        Assert.Equal("sip:bob@10.0.0.2", dialog.RemoteTarget.ToString());
        Assert.Equal(1u, dialog.LocalSeq);
    }

    [Fact]
    public void A_fork_is_known_from_its_2xx_alone()
    {
        var fork = Dialog.OfFork(Response(200, Routes.TrimEnd(), "sip:bob@10.0.0.9"));
        Assert.Equal(Client(200) with { RouteSet = [], RemoteTarget = SipUri.Parse("sip:bob@10.0.0.9") }, fork with { RouteSet = [] });
        Assert.Equal(["sip:p1.example;lr", "sip:p2.example;lr"], fork.RouteSet.Select(route => route.Uri.ToString()));
    }

    [Fact]
    public void A_request_without_Contact_makes_no_dialog()
    {
        var invite = Bench.Request("INVITE");
        invite.Contact = null;
        Assert.Null(Dialog.AsServer(invite, "us"));
    }

    [Fact]
    public void A_request_within_a_loosely_routed_dialog_goes_to_the_first_route()
    {
        var bye = Server().Request(SipMethod.Bye, 1);
        Assert.Equal("sip:alice@127.0.0.1:6000", bye.Uri.ToString());
        Assert.Equal(2, bye.Routes.Count);
        Assert.Equal("sip:p2.example;lr", Server().NextHop.ToString());
        Assert.Equal((1u, "us", "alice", "call-1"), (bye.CSeq.Number, bye.From.Tag, bye.To.Tag, bye.CallId));
    }

    [Fact]
    public void A_strict_router_gets_itself_as_target_and_the_peer_as_last_route()
    {
        var dialog = Server() with { RouteSet = [NameAddress.Parse("<sip:old.example>"), NameAddress.Parse("<sip:p1.example;lr>")] };
        var request = dialog.Request(SipMethod.Info, 1);
        Assert.Equal("sip:old.example", request.Uri.ToString());
        Assert.Equal(["sip:p1.example;lr", "sip:alice@127.0.0.1:6000"], request.Routes.Select(route => route.Uri.ToString()));
    }

    [Fact]
    public void The_ACK_has_the_number_of_its_INVITE()
    {
        var ack = Client(200).WithLocalSeqJump(1).Ack(1);
        Assert.Equal("1 ACK", ack.CSeq.ToString());
    }

    [Theory]
    [InlineData("INFO", 2u, null)]
    [InlineData("INFO", 1u, null)] // after a restart a repetition may come again
    [InlineData("ACK", 0u, null)]
    [InlineData("INFO", 0u, 500)]
    public void Numbers_only_grow(string method, uint number, int? refusal)
    {
        var check = Server().Accepts(Within(method, number));
        Assert.Equal(refusal, check.Refusal?.Status);
        if (refusal is null && method != "ACK") Assert.Equal(number, check.Dialog.RemoteSeq);
    }

    [Fact]
    public void Another_dialogs_request_and_a_late_one_get_481()
    {
        Assert.Equal(481, Server().Accepts(Within("INFO", 2, "other")).Refusal?.Status);
        Assert.Equal(481, Server().Terminate().Accepts(Within("INFO", 2)).Refusal?.Status);
    }

    [Theory]
    [InlineData("INVITE", true)]
    [InlineData("UPDATE", true)]
    [InlineData("INFO", false)]
    public void A_target_refresh_moves_the_target_but_never_the_route(string method, bool moves)
    {
        var request = Within(method, 2);
        request.Contact = NameAddress.Parse("<sip:alice@10.9.9.9>");
        var refreshed = Server().RefreshedBy(request);
        Assert.Equal(moves ? "sip:alice@10.9.9.9" : "sip:alice@127.0.0.1:6000", refreshed.RemoteTarget.ToString());
        Assert.Equal(2, refreshed.RouteSet.Count);
    }

    [Fact]
    public void A_refused_refresh_moves_nothing()
    {
        var refused = Response(488, "", "sip:bob@10.9.9.9");
        Assert.Equal("sip:bob@10.0.0.2", Client(200).RefreshedBy(refused).RemoteTarget.ToString());
    }

    [Fact]
    public void A_new_owner_leaves_room_for_numbers_that_it_cannot_know() =>
        Assert.Equal(1001u, Client(200).WithLocalSeqJump(1000).LocalSeq);

    [Fact]
    public void It_survives_the_journal()
    {
        var dialog = Client(200);
        var json = JsonSerializer.Serialize(dialog, JsonSerializerOptions.Web);
        var back = JsonSerializer.Deserialize<Dialog>(json, JsonSerializerOptions.Web)!;
        Assert.Equal(dialog with { RouteSet = [] }, back with { RouteSet = [] });
        Assert.Equal(dialog.RouteSet, back.RouteSet);
        Assert.Contains("\"remoteTarget\":\"sip:bob@10.0.0.2\"", json, StringComparison.Ordinal);
    }

    static Dialog Server() => Dialog.AsServer(Bench.Request("INVITE", extra: Routes), "us")!;

    static Dialog Client(int status) => Dialog.AsClient(Bench.Request("INVITE"), Response(status, Routes.TrimEnd(), "sip:bob@10.0.0.2"));

    static SipRequest Within(string method, uint cseq, string tag = "us") => Bench.Request(method, toTag: tag, cseq: cseq);

    static SipResponse Response(int status, string routes, string contact)
    {
        var response = SipResponse.For(Bench.Request("INVITE"), status, toTag: "bob");
        if (routes.Length > 0) response.Headers.Add(SipHeaderName.RecordRoute, routes["Record-Route: ".Length..]);
        response.Contact = new NameAddress(SipUri.Parse(contact));
        return response;
    }
}
