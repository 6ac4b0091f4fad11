using System.Collections.Immutable;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Registrations;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Headers;

namespace TeleCube.Actors.Tests.Registrations;

/// <summary>RFC 3261 §10.3, RFC 5626 §6.</summary>
public sealed class RegistrarTests
{
    static readonly DateTimeOffset _now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    static readonly TenantId _tenant = new("firmaabcde");
    static readonly ExtensionNumber _ten = ExtensionNumber.Parse("10");
    static readonly RegistrarOptions _options = new() { MaxContacts = 3 };

    static RegistrarDecision Decide(ImmutableArray<RegistrationRow> bindings, RegisterRequest wanted, int secondsLater = 0) =>
        Registrar.Decide(_tenant, _ten, bindings, wanted, _now.AddSeconds(secondsLater), _options);

    static RegisterRequest Request(int cseq, params string[] contacts) => Request("call-1", cseq, contacts);

    static RegisterRequest Request(string callId, int cseq, params string[] contacts) => new()
    {
        CallId = callId,
        CSeq = cseq,
        Contacts = [.. contacts.Select(contact => WantedContact.Of(NameAddress.Parse(contact), null))],
        Received = "udp:192.0.2.7:5060",
    };

    static ImmutableArray<RegistrationRow> Registered(params RegisterRequest[] requests) =>
        requests.Aggregate(ImmutableArray<RegistrationRow>.Empty, (bindings, request) => Decide(bindings, request).Bindings);

    [Fact]
    public void A_contact_is_bound_for_the_time_it_asks_for()
    {
        var decision = Decide([], Request(1, "<sip:10@192.0.2.7>;expires=300;q=0.5"));
        var row = Assert.Single(decision.Upserts);
        Assert.Equal((200, "sip:10@192.0.2.7", _now.AddSeconds(300), 500), (decision.Status, row.Contact, row.ExpiresAt, row.QThousandths));
    }

    [Fact]
    public void Without_a_time_the_registrar_chooses_and_a_long_one_is_cut()
    {
        Assert.Equal(_now + _options.DefaultExpires, Decide([], Request(1, "<sip:10@192.0.2.7>")).Bindings[0].ExpiresAt);
        Assert.Equal(_now + _options.MaxExpires, Decide([], Request(1, "<sip:10@192.0.2.7>;expires=999999")).Bindings[0].ExpiresAt);
    }

    [Fact]
    public void Too_short_a_time_is_refused_with_the_least()
    {
        var decision = Decide([], Request(1, "<sip:10@192.0.2.7>;expires=59"));
        Assert.Equal((423, _options.MinExpires, true), (decision.Status, decision.MinExpires, decision.ChangesNothing));
    }

    [Fact]
    public void Several_phones_are_bound_at_once()
    {
        var bindings = Registered(Request("a", 1, "<sip:10@192.0.2.7>"), Request("b", 1, "<sip:10@192.0.2.8>"));
        Assert.Equal(["sip:10@192.0.2.7", "sip:10@192.0.2.8"], bindings.Select(binding => binding.Contact));
    }

    [Fact]
    public void A_refresh_moves_the_end_and_keeps_one_binding()
    {
        var decision = Decide(Registered(Request(1, "<sip:10@192.0.2.7>;expires=100")), Request(2, "<sip:10@192.0.2.7:5060;transport=udp>;expires=100"), 50);
        var only = Decide(Registered(Request(1, "<sip:10@192.0.2.7>;expires=100")), Request(2, "<sip:10@192.0.2.7>;expires=100"), 50);
        Assert.Equal(2, decision.Bindings.Length); // RFC 3261 §19.1.4: a port that is named is another URI
        Assert.Equal(_now.AddSeconds(150), Assert.Single(only.Bindings).ExpiresAt);
        Assert.Empty(only.Gone);
    }

    [Fact]
    public void An_old_cseq_of_the_same_call_changes_nothing()
    {
        var bindings = Registered(Request(5, "<sip:10@192.0.2.7>"));
        foreach (var request in (RegisterRequest[])[Request(5, "<sip:10@192.0.2.7>;expires=0"), Request(4, "<sip:10@192.0.2.9>", "<sip:10@192.0.2.7>")])
        {
            var decision = Decide(bindings, request);
            Assert.Equal((500, true), (decision.Status, decision.ChangesNothing));
        }

        Assert.Equal(200, Decide(bindings, Request("another", 1, "<sip:10@192.0.2.7>")).Status);
    }

    [Fact]
    public void Zero_removes_one_and_a_star_removes_all()
    {
        var bindings = Registered(Request("a", 1, "<sip:10@192.0.2.7>"), Request("b", 1, "<sip:10@192.0.2.8>"));
        Assert.Equal("sip:10@192.0.2.8", Assert.Single(Decide(bindings, Request("a", 2, "<sip:10@192.0.2.7>;expires=0")).Bindings).Contact);
        var all = Decide(bindings, new RegisterRequest { CallId = "c", CSeq = 1, RemovesAll = true });
        Assert.Empty(all.Bindings);
        Assert.Equal(2, all.Gone.Length);
        Assert.Equal(500, Decide(bindings, new RegisterRequest { CallId = "a", CSeq = 1, RemovesAll = true }).Status);
    }

    [Fact]
    public void A_query_lists_what_lives()
    {
        var bindings = Registered(Request("a", 1, "<sip:10@192.0.2.7>;expires=100"), Request("b", 1, "<sip:10@192.0.2.8>;expires=200"));
        var decision = Decide(bindings, Request("q", 1), secondsLater: 150);
        Assert.Equal("sip:10@192.0.2.8", Assert.Single(decision.Bindings).Contact);
        Assert.True(decision.ChangesNothing);
    }

    [Fact]
    public void A_phone_with_an_instance_replaces_itself_whatever_its_port()
    {
        const string instance = "+sip.instance=\"<urn:uuid:0c67446b>\"";
        var bindings = Registered(Request("a", 1, $"<sip:10@192.0.2.7:5060>;{instance}"));
        var decision = Decide(bindings, Request("b", 1, $"<sip:10@192.0.2.7:40001>;{instance}"));
        Assert.Equal("sip:10@192.0.2.7:40001", Assert.Single(decision.Bindings).Contact);
        Assert.Equal("sip:10@192.0.2.7:5060", Assert.Single(decision.Gone).Contact);
    }

    [Fact]
    public void Two_flows_of_one_phone_are_two_bindings_but_ring_once()
    {
        const string instance = "+sip.instance=\"<urn:uuid:0c67446b>\"";
        var bindings = Registered(
            Request("a", 1, $"<sip:10@192.0.2.7:5060>;{instance};reg-id=1"), Request("a", 2, $"<sip:10@192.0.2.7:5070>;{instance};reg-id=2"));
        Assert.Equal(2, bindings.Length);
        Assert.Single(LiveContact.Order(bindings));
    }

    [Fact]
    public void The_longest_unheard_phone_makes_room()
    {
        var bindings = Registered(Request("a", 1, "<sip:10@192.0.2.1>"), Request("b", 1, "<sip:10@192.0.2.2>"), Request("c", 1, "<sip:10@192.0.2.3>"));
        var decision = Decide(Decide(bindings, Request("a", 2, "<sip:10@192.0.2.1>"), 5).Bindings, Request("d", 1, "<sip:10@192.0.2.4>"), 6);
        Assert.Equal("sip:10@192.0.2.2", Assert.Single(decision.Gone).Contact);
        Assert.Equal(403, Decide([], Request(1, "<sip:1@a>", "<sip:2@a>", "<sip:3@a>", "<sip:4@a>")).Status);
    }

    [Fact]
    public void They_are_tried_by_q() => Assert.Equal(["sip:10@192.0.2.8", "sip:10@192.0.2.7"], LiveContact.Order(Registered(
        Request("a", 1, "<sip:10@192.0.2.7>;q=0.3"), Request("b", 1, "<sip:10@192.0.2.8>;q=0.7"))).Select(contact => contact.Uri.ToString()));

    [Theory]
    [InlineData("<sip:10@192.0.2.7:5062>", "udp:192.0.2.7:5060", "UDP 192.0.2.7:5062", false)] // no NAT: at its word
    [InlineData("<sip:10@192.168.1.5:5062>", "udp:192.0.2.7:40000", "UDP 192.0.2.7:40000", false)] // behind NAT: the way it came
    [InlineData("<sip:10@192.168.1.5:5062>", "tcp:192.0.2.7:40000", "TCP 192.0.2.7:40000", true)]
    [InlineData("<sip:10@192.0.2.7:5062;transport=tcp>", "tcp:192.0.2.7:40000", "TCP 192.0.2.7:5062", false)]
    [InlineData("<sip:10@192.0.2.7:40000>", "tcp:192.0.2.7:40000", "TCP 192.0.2.7:40000", false)]
    [InlineData("<sip:10@127.0.0.5:5062>", "udp:127.0.0.1:40000", "UDP 127.0.0.5:5062", false)]
    [InlineData("<sip:10@phone.invalid>", "udp:192.0.2.7:40000", "UDP 192.0.2.7:40000", false)]
    [InlineData("<sips:10@192.0.2.7>", "tls:192.0.2.7:40000", "TLS 192.0.2.7:5061", false)]
    [InlineData("<sip:x@df7jal23ls0d.invalid;transport=ws>", "wss:192.0.2.7:40000", "WSS 192.0.2.7:40000", true)]
    [InlineData("<sip:10@[2001:db8::7]:5070>", "udp:[2001:db8::7]:5060", "UDP [2001:db8::7]:5070", false)]
    public void The_way_to_a_phone(string contact, string received, string target, bool flowOnly)
    {
        var row = Registered(Request(1, contact) with { Received = received, Flow = 7 })[0];
        var found = LiveContact.Of(row)?.Target;
        Assert.Equal((target, flowOnly), (found?.ToString(), found?.FlowOnly));
    }

    [Fact]
    public void With_a_path_the_next_hop_is_its_first_element()
    {
        var row = Registered(Request(1, "<sip:10@192.168.1.5>") with { Path = "<sip:edge@198.51.100.1;lr>, <sip:far@203.0.113.1;lr>" })[0];
        var contact = LiveContact.Of(row);
        Assert.Equal("UDP 198.51.100.1:5060", contact?.Target.ToString());
        Assert.Equal(["<sip:edge@198.51.100.1;lr>", "<sip:far@203.0.113.1;lr>"], contact?.Routes);
    }
}
