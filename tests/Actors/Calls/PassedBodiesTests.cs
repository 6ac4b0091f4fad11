using System.Text;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Sdp;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>What an INVITE carries beside its session description reaches who is called, beside ours (RFC 5621, RFC 6442).</summary>
public sealed class PassedBodiesTests
{
    const string Mixed = "Content-Type: multipart/mixed;boundary=b\r\n";
    const string Place = "Content-Type: application/pidf+xml\r\nContent-ID: <alice@home>\r\nContent-Disposition: render;handling=optional\r\n\r\n<presence/>";
    const string Located = "Geolocation: <cid:alice@home>\r\nGeolocation-Routing: no\r\n";

    readonly CallTable _call = new();

    [Fact]
    public void A_location_goes_with_our_session_description_and_the_header_that_names_it()
    {
        Dial(Located, Place, "Content-Type: application/x-unknown\r\nX-Note: kept\r\n\r\n\u0001\u0002");

        var invite = _call.Invite(1).Sent.Request;
        var parts = MultipartBody.Parts(invite);
        Assert.Equal(["application/sdp", "application/pidf+xml", "application/x-unknown"], parts.Select(part => $"{part.Type.Type}/{part.Type.Subtype}"));
        Assert.NotEqual(4000, invite.Sdp!.Audio!.Port); // ours
        Assert.Equal(("alice@home", "<presence/>", true), (parts[1].Id, Text(parts[1]), parts[1].IsOptional));
        Assert.Equal(("kept", "\u0001\u0002"), (parts[2].Headers.First("X-Note"), Text(parts[2])));
        Assert.Equal(("<cid:alice@home>", "no"), (invite.Headers.First("Geolocation"), invite.Headers.First("Geolocation-Routing")));
    }

    [Fact]
    public void A_body_that_is_the_only_one_goes_beside_our_offer() // RFC 8262: its Content-ID stands in the message's own head
    {
        _call.Dial("11", sdp: null, extra: "Content-Type: text/plain\r\nContent-ID: <only@one>\r\nContent-Transfer-Encoding: 8bit\r\n", body: "hello");
        var invite = _call.Invite(1).Sent.Request;
        var part = Assert.Single(MultipartBody.Parts(invite), part => !part.IsSession);
        Assert.Equal(("hello", "only@one", "8bit"), (Text(part), part.Id, part.Headers.First("Content-Transfer-Encoding")));
        Assert.NotNull(invite.Sdp);
        Assert.Null(invite.Headers.First("Content-ID") ?? invite.Headers.First("Content-Transfer-Encoding"));
    }

    [Fact]
    public void Killed_while_it_rings_the_call_sends_the_very_same_again()
    {
        Dial(Located, Place, "Content-Type: application/x-binary\r\n\r\n\u00ff\u0000\u0001");
        var before = _call.Invite(1).Sent.Request.ToBytes();
        Assert.True(before.AsSpan().IndexOf("<presence/>"u8) > 0);
        _call.Restart();
        Assert.Equal(before, _call.Invite(1).Sent.Request.ToBytes());
    }

    [Fact]
    public void Every_phone_that_rings_gets_it_and_so_does_the_next_trunk()
    {
        _call.Phones["11"] = 2;
        Dial("", Place);
        Assert.All([1, 2], leg => Assert.Single(MultipartBody.Parts(_call.Invite(leg).Sent.Request), part => !part.IsSession));

        var outside = new CallTable(1);
        Dial(outside, "222333444", "", Place);
        outside.Take(new CallCommand.ChannelGranted("first", 1));
        outside.Answer(1, 503);
        outside.Take(new CallCommand.ChannelGranted("second", 1));
        Assert.Single(MultipartBody.Parts(outside.Invite(2).Sent.Request), part => !part.IsSession);
    }

    [Theory]
    [InlineData("application/isup;version=itu-t92+", 415)]
    [InlineData("application/QSIG;version=iso", 415)]
    [InlineData("application/sdp", 415)]
    [InlineData("image/png", 0)]
    public void Signalling_that_would_speak_for_us_does_not_go_on(string type, int status)
    {
        var disposition = type == "application/sdp" ? "early-session" : "signal";
        Dial("", $"Content-Type: {type}\r\nContent-Disposition: {disposition};handling=optional\r\n\r\nx");
        Assert.Equal(status == 0 ? 2 : 1, MultipartBody.Parts(_call.Invite(1).Sent.Request).Count);

        var must = new CallTable(1);
        Dial(must, "11", "", $"Content-Type: {type}\r\nContent-Disposition: {disposition}\r\n\r\nx"); // must be understood where it says nothing
        if (status == 0)
        {
            Assert.Equal(2, MultipartBody.Parts(must.Invite(1).Sent.Request).Count);
            return;
        }

        Assert.EndsWith("Is Not Passed On", must.Response(415).Reason, StringComparison.Ordinal);
        Assert.Equal("application/sdp, multipart/mixed", must.Response(415).Headers.First("Accept"));
        Assert.Empty(must.Events);
    }

    [Theory]
    [InlineData("Content-Type: image/png\r\nContent-Disposition: icon;handling=optional\r\n\r\nx")]
    [InlineData("Content-Type: audio/wav\r\nContent-Disposition: alert;handling=optional\r\n\r\nx")]
    [InlineData("Content-Type: message/external-body\r\nContent-Disposition: render;handling=optional\r\n\r\nx")]
    public void A_stranger_has_no_phone_ring_show_or_fetch_what_he_likes(string part)
    {
        FromOutside(_call, "", part, Place);
        Assert.Equal(["application/sdp", "application/pidf+xml"], MultipartBody.Parts(_call.Invite(1).Sent.Request).Select(kept => $"{kept.Type.Type}/{kept.Type.Subtype}"));

        var colleague = new CallTable(1);
        Dial(colleague, "11", "", part, Place);
        Assert.Equal(3, MultipartBody.Parts(colleague.Invite(1).Sent.Request).Count);
    }

    [Theory]
    [InlineData("222333444", "Privacy: id\r\n", false)]
    [InlineData("222333444", "", true)]
    [InlineData("112", "Privacy: id\r\n", true)]
    public void Who_hides_his_number_does_not_say_where_he_is_unless_he_needs_help(string dialled, string privacy, bool said)
    {
        Dial(_call, dialled, privacy + Located, Place);
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        var invite = _call.Invite(1).Sent.Request;
        Assert.Equal(said ? "<cid:alice@home>" : null, invite.Headers.First("Geolocation"));
        Assert.Equal(said ? 2 : 1, MultipartBody.Parts(invite).Count);
    }

    [Fact]
    public void What_is_too_much_is_left_out_and_refused_where_it_must_be_understood()
    {
        var large = new string('x', 5000);
        Dial(Located, $"Content-Type: text/plain\r\nContent-Disposition: render;handling=optional\r\n\r\n{large}", $"Content-Type: text/html\r\n\r\n{large}", Place);
        var invite = _call.Invite(1).Sent.Request;
        Assert.Equal(["application/sdp", "text/html", "application/pidf+xml"], MultipartBody.Parts(invite).Select(part => $"{part.Type.Type}/{part.Type.Subtype}"));

        var must = new CallTable(1);
        Dial(must, "11", "", $"Content-Type: text/plain\r\n\r\n{large}", $"Content-Type: text/html\r\n\r\n{large}");
        Assert.Equal("Body Parts Of More Than 8192 Bytes", must.Response(413).Reason);

        var many = new CallTable(2);
        Dial(many, "11", "", [.. Enumerable.Repeat("Content-Type: text/plain\r\n\r\nx", 9)]);
        Assert.Equal("More Than 8 Body Parts", many.Response(413).Reason);
    }

    [Fact]
    public void A_location_that_is_left_out_is_not_named_either()
    {
        Dial(Located, Place.Replace("<presence/>", new string('x', 9000), StringComparison.Ordinal));
        Assert.Null(_call.Invite(1).Sent.Request.Headers.First("Geolocation"));
    }

    [Fact]
    public void A_phone_that_knows_session_descriptions_only_gets_that_alone_where_it_may()
    {
        Dial(Located, Place);
        _call.Answer(1, 415);
        var again = _call.Invite(1).Sent.Request;
        Assert.Equal(("application/sdp", 2u), (again.ContentType, again.CSeq.Number));
        Assert.Null(again.Headers.First("Geolocation") ?? again.Headers.First("MIME-Version"));
        Assert.NotNull(again.Sdp);
        _call.Answer(1, 200, "bob");
        Assert.Equal(200, _call.Response(200).Status);
    }

    [Fact]
    public void What_must_be_understood_and_is_not_is_refused_as_the_far_end_did()
    {
        Dial("", "Content-Type: text/plain\r\n\r\nhello");
        _call.Answer(1, 415);
        Assert.Equal("application/sdp", _call.Response(415).Headers.First("Accept"));
    }

    [Fact]
    public void Another_session_description_leaves_what_is_beside_it() // as after a 488 to SRTP
    {
        Dial(Located, Place);
        var again = _call.Invite(1).Sent.Request.Copy();
        PassedBodies.PutAgain(again, CallTable.Sdp("again", 4444));
        Assert.Equal(4444, again.Sdp!.Audio!.Port);
        Assert.Equal("<presence/>", Text(Assert.Single(PassedBodies.Besides(again))));
    }

    [Fact]
    public void A_body_that_cannot_be_taken_apart_is_no_call_and_told_why()
    {
        _call.Dial("11", sdp: null, extra: Mixed, body: Body(Place).Replace("--b--", "", StringComparison.Ordinal));
        Assert.Equal("Multipart Has No Closing Boundary", _call.Response(400).Reason);
        Assert.Equal(400, Assert.Single(_call.Done<CallEffect.TurnAway>()).Status);
        Assert.Empty(_call.Events);
    }

    [Fact]
    public void Who_calls_for_help_is_not_refused_for_what_is_wrong_beside_the_session_description()
    {
        _call.Dial("112", sdp: null, extra: Mixed, body: Body("Content-Type: application/isup\r\n\r\nx").Replace("--b--", "", StringComparison.Ordinal));
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        Assert.NotNull(_call.Invite(1).Sent.Request.Sdp);
    }

    [Theory]
    [InlineData("optional", 200)]
    [InlineData("required", 415)]
    [InlineData(null, 200)]
    public void Within_a_call_a_part_that_must_be_understood_has_nobody_to_do_so(string? handling, int status)
    {
        _call.Dial("11");
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
        var disposition = handling is null ? "" : $"Content-Disposition: render;handling={handling}\r\n";
        _call.FromCaller("INVITE", 2, extra: Mixed, body: Body($"Content-Type: text/plain\r\n{disposition}\r\nhello"));
        Assert.Equal(status, _call.Response(status).Status);
    }

    static string Text(BodyPart part) => Encoding.UTF8.GetString(part.Content.Span);

    static string Body(params IEnumerable<string> parts) =>
        $"--b\r\nContent-Type: application/sdp\r\n\r\n{CallTable.Sdp("alice", 4000)}\r\n{string.Concat(parts.Select(part => $"--b\r\n{part}\r\n"))}--b--\r\n";

    void Dial(string headers, params IEnumerable<string> parts) => Dial(_call, "11", headers, parts);

    static void Dial(CallTable call, string number, string headers, params IEnumerable<string> parts) =>
        call.Dial(number, sdp: null, extra: headers + Mixed, body: Body(parts));

    static void FromOutside(CallTable call, string headers, params IEnumerable<string> parts)
    {
        var own = E164.Parse("+48943401128");
        call.Tenant = call.Tenant with
        {
            PhoneNumbers = call.Tenant.PhoneNumbers.SetItem(own, new PhoneNumber(own) { ForwardTo = new ForwardTarget.ToExtension(ExtensionNumber.Parse("11")) }),
        };
        call.Dial(own.Value, new CallOrigin.Trunk("first", own, "+48601000111", null), headers + Mixed, sdp: null, body: Body(parts));
    }
}
