using System.Text;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;
using TeleCube.Sip.Sdp;

namespace TeleCube.Sip.Tests.Parsing;

/// <summary>What RFC 4475 wants to be read out of its nastier messages.</summary>
public sealed class TortureDetailsTests
{
    static T Read<T>(string file) where T : SipMessage
    {
        SipParser.TryParse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "torture", "rfc4475", file + ".dat")), out var message);
        return Assert.IsType<T>(message);
    }

    [Fact]
    public void Folded_and_spaced_headers_are_read()
    {
        var invite = Read<SipRequest>("wsinv");
        Assert.Equal("1918181833n", invite.To.Tag);
        Assert.Equal("J Rosenberg \\\"", invite.From.DisplayName);
        Assert.Equal("98asjd8", invite.From.Tag);
        Assert.Equal(68, invite.MaxForwards);
        Assert.Equal(new CSeq(9, SipMethod.Invite), invite.CSeq);
        Assert.Equal(["192.0.2.2", "spindle.example.com", "192.168.255.111"], invite.Vias.Select(v => v.Host));
        Assert.Equal(["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"], invite.Vias.Select(v => v.Branch));
        Assert.Equal("", invite.Headers.First("Subject"));
        Assert.Equal("newfangled value continued newfangled value", invite.Headers.First("NewFangledHeader"));
        Assert.Equal(";;,,;;,;", invite.Headers.First("unknownheaderwithunusualvalue"));
        Assert.Equal("Quoted string \"\"", invite.Contact!.DisplayName);
        Assert.Equal("newvalue", invite.Contact.Parameters["newparam"]);
        Assert.Equal("", invite.Contact.Parameters["secondparam"]);
        Assert.Equal(0.33m, invite.Contact.Preference);
        Assert.True(invite.Routes[0].Uri.IsLooseRoute);
        Assert.Equal(150, invite.Body.Length);
        Assert.Equal(2, invite.Sdp!.Media.Count);
    }

    [Fact]
    public void A_wide_range_of_characters_is_read()
    {
        var request = Read<SipRequest>("intmeth");
        Assert.False(request.Method.IsKnown);
        Assert.Equal("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*", request.Uri.User);
        Assert.Equal("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)", request.Uri.Password);
        Assert.Equal("BEL:\a NUL:\0 DEL:\u007f", request.To.DisplayName);
        Assert.Equal("token1~` token2'+_ token3*%!.-", request.From.DisplayName);
        Assert.Equal("работающий", request.From.Parameters["fromParam''~+*_!.-%"]);
        Assert.Equal("_token~1'+`*%!-.", request.From.Tag);
        Assert.Equal("intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{", request.CallId);
        Assert.Equal("\ufeff大停電", request.Headers.First("extensionHeader-!.%*+_`'~"));
    }

    [Fact]
    public void Escapes_in_URIs_are_undone_and_nowhere_else()
    {
        var invite = Read<SipRequest>("esc01");
        Assert.Equal("sips:user@example.com", invite.Uri.User);
        Assert.Equal("sip:sips%3Auser%40example.com@example.net", invite.Uri.ToString());
        Assert.Equal("user", invite.To.Uri.User);
        Assert.Equal("I have spaces", invite.From.Uri.User);
        Assert.True(invite.Contact!.Uri.IsLooseRoute);
        Assert.Equal("value%41", invite.Contact.Uri.Parameter("name"));

        var unknown = Read<SipRequest>("esc02");
        Assert.Equal("RE%47IST%45R", unknown.Method.Name);
        Assert.Equal("%Z%45", unknown.To.DisplayName);
        Assert.Equal(["alias1", "alias3"], unknown.Contacts.Select(c => c.Uri.User));
    }

    [Fact]
    public void A_null_in_a_user_shortens_nothing()
    {
        var register = Read<SipRequest>("escnull");
        Assert.Equal("null-\0-null", register.To.Uri.User);
        Assert.Equal(["\0", "\0\0"], register.Contacts.Select(c => c.Uri.User));
        Assert.NotEqual(register.Contacts[0].Uri, register.Contacts[1].Uri);
    }

    [Fact]
    public void A_multipart_body_is_taken_apart_by_its_boundary()
    {
        var parts = MultipartBody.Parts(Read<SipRequest>("mpart01"));
        Assert.Equal(2, parts.Count);
        Assert.Equal("Hello", Encoding.UTF8.GetString(parts[0].Content.Span));
        Assert.True(parts[1].Type.Is("application", "octet-stream"));
        Assert.Equal(342, parts[1].Content.Length);
    }

    [Fact]
    public void Noise_after_the_body_is_ignored() => Assert.Equal(0, Read<SipRequest>("dblreq").Body.Length);

    [Fact]
    public void Semicolons_belong_to_the_user() => Assert.Equal("user;par=u@example.net", Read<SipRequest>("semiuri").Uri.User);

    [Fact]
    public void All_34_Vias_are_found() => Assert.Equal(34, Read<SipRequest>("longreq").Vias.Count);

    [Fact]
    public void Reason_phrases_are_kept()
    {
        Assert.Equal("= 2**3 * 5**2 но сто девяносто девять - простое", Read<SipResponse>("unreason").Reason);
        Assert.Equal("", Read<SipResponse>("noreason").Reason);
    }

    [Fact]
    public void Parameters_outside_of_brackets_are_the_headers()
    {
        Assert.True(Read<SipRequest>("cparam01").Contact!.Parameters.Has("unknownparam"));
        Assert.True(Read<SipRequest>("cparam02").Contact!.Uri.Parameters.Has("unknownparam"));
        Assert.Equal("<sip:sip.example.com>", Read<SipRequest>("regescrt").Contact!.Uri.Headers["route"]);
    }

    [Fact]
    public void A_bare_magic_cookie_identifies_nothing() => Assert.False(Read<SipRequest>("badbranch").TopVia.HasMagicCookie);

    [Fact]
    public void A_date_in_another_zone_reads_as_absent() => Assert.Null(Read<SipRequest>("baddate").Get<SipDate>());

    [Fact]
    public void Credentials_of_an_unknown_scheme_read_as_absent() =>
        Assert.Empty(Read<SipRequest>("regaut01").Headers.Each<DigestCredentials>(SipHeaderName.Authorization));
}
