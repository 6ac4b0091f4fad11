using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Messages;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;
using CallId = TeleCube.Actors.Calls.Model.CallId;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>One call on the table: commands go in, events are applied, effects are kept for looking at. No actor, no network, no clock but its own.</summary>
sealed class CallTable : IRoutingView, IPhoneRegistry, ICarriers, IStreams, ITenants, ISounds, IQueues
{
    public static readonly TenantId Company = new("firmaabcde");
    static readonly byte[] _key = Encoding.ASCII.GetBytes("a key for the tests only, 32 B..");

    static readonly EventRegistry _registry = new EventRegistry().AddCallEvents();

    readonly Dictionary<int, uint> _seq = [];
    readonly Dictionary<int, uint> _heard = [];
    long _streams;
    int _transactions;

    /// <summary>Calls that meet need ids, streams and ports of their own: each table has a number.</summary>
    public CallTable(int number = 0)
    {
        _streams = number * 1000;
        Sip = new CallSip("pbx.test", [new SipEndpoint(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5060))], new LocalTag(_key), new OnNet(_key), new SystemRandomSource(), "TeleCube", Hosts);
        World = new CallWorld(this, new DialPlan(this, new DialPlanOptions(TimeSpan.FromSeconds(60), 5)), this, this, this, this, Sip, this, this, new CallOptions { Prompts = Prompts }) { Mailboxes = Boxes };
        Call = CallState.Initial with { Id = new CallId($"01hzzzzzzzzzzzzzzzzzzzzzz{number}"), Tenant = Company };
    }

    /// <summary>What the name server says of carriers' other hosts.</summary>
    public KnownHosts Names { get; } = new();

    public HostCache Hosts => field ??= new HostCache(Names, TimeProvider.System);

    /// <summary>The voice prompts that this node has: none, unless a test gives it one.</summary>
    public Dictionary<string, PlaySource> Prompts { get; } = [];

    /// <summary>What lies in the voicemail boxes.</summary>
    public Mailboxes Boxes { get; } = new();

    public CallSip Sip { get; }

    public CallWorld World { get; set; }

    public CallState Call { get; private set; }

    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public List<CallEvent> Events { get; } = [];

    /// <summary>What the call has told other calls and nobody has taken yet.</summary>
    public Queue<CallEffect.Tell> Told { get; } = [];

    /// <summary>The effects of all turns.</summary>
    public List<CallEffect> AllEffects { get; } = [];

    /// <summary>The effects of the last turn.</summary>
    public IReadOnlyList<CallEffect> Effects { get; private set; } = [];

    public TenantState Tenant { get; set; } = new()
    {
        Id = Company,
        Status = TenantStatus.Active,
        LoginPrefix = "firmaabcde",
        Extensions = new[] { "10", "11", "12" }.ToImmutableSortedDictionary(text => ExtensionNumber.Parse(text), text => new Extension(ExtensionNumber.Parse(text)) { Description = $"Biuro {text}" }),
        PhoneNumbers = ImmutableSortedDictionary<E164, PhoneNumber>.Empty.Add(E164.Parse("+48943401128"), new PhoneNumber(E164.Parse("+48943401128"))),
    };

    public Dictionary<string, int> Phones { get; } = new() { ["11"] = 1, ["12"] = 1 };

    public ImmutableArray<TrunkConfig> Trunks { get; set; } =
        [new TrunkConfig(new TrunkId("first"), "192.0.2.10"), new TrunkConfig(new TrunkId("second"), "192.0.2.20")];

    public INumberInfo Numbers { get; } = NumberingPlan.Embedded;

    public void Take(CallCommand command)
    {
        var turn = CallDecider.Decide(Call, command, World, Now, NextCSeq);
        Keep(turn);
    }

    /// <summary>The call is carried on from its journal, with what stands there and nothing else.</summary>
    public void Restart() =>
        Keep(Recovering.Resume(Events.Select(Journaled).Aggregate(CallState.Initial with { Id = Call.Id, Tenant = Company }, CallApply.Apply), World, Now, NextCSeq));

    static CallEvent Journaled(CallEvent happened)
    {
        var (type, version, payload) = _registry.Encode(happened);
        return (CallEvent)_registry.Decode(type, version, payload);
    }

    /// <summary>All farewells are answered: the actor writes its last event.</summary>
    public void Close() => Call = CallApply.Apply(Call, new CallEvent.Closed(Now));

    public void AddExtension(string number)
    {
        var key = ExtensionNumber.Parse(number);
        Tenant = Tenant with { Extensions = Tenant.Extensions.SetItem(key, new Extension(key)) };
        Phones[number] = 1;
    }

    void Keep(Turn turn)
    {
        foreach (var happened in turn.Events) Events.Add(happened);
        (Call, Effects) = (turn.Call, turn.Effects);
        Around.Update(Call);
        AllEffects.AddRange(turn.Effects);
        foreach (var heard in turn.Effects.OfType<CallEffect.Heard>()) _heard[heard.Leg] = heard.CSeq;
        foreach (var told in turn.Effects.OfType<CallEffect.Tell>().Where(told => told.Message is CallCommand)) Told.Enqueue(told);
    }

    uint NextCSeq(Leg leg) => _seq[leg.Number] = Math.Max(_seq.GetValueOrDefault(leg.Number), leg.Dialog?.LocalSeq ?? leg.Sent?.Request.CSeq.Number ?? 0) + 1;

    public IEnumerable<T> Done<T>() where T : CallEffect => Effects.OfType<T>();

    public CallEffect.Invite Invite(int leg) => Done<CallEffect.Invite>().Single(invite => invite.Leg == leg);

    public SipResponse Response(int status) => Done<CallEffect.Respond>().Select(respond => respond.Response).Single(response => response.Status == status);

    /// <summary>The caller's INVITE, from extension 10 or from a trunk.</summary>
    public SipRequest Dial(string number, CallOrigin? origin = null, string extra = "", string? sdp = "alice", string? body = null)
    {
        var invite = Request($"INVITE sip:{number}@pbx.test SIP/2.0", "1 INVITE", $"<sip:{number}@pbx.test>", extra, sdp);
        if (body is not null) invite.Body = Encoding.UTF8.GetBytes(body);
        Take(new CallCommand.Begin(Company, origin ?? new CallOrigin.Extension("10"), invite, new ServerTransactionId("t-invite"), Flow));
        return invite;
    }

    /// <summary>On which the caller's further requests come.</summary>
    public SipFlow CallerFlow { get; set; } = Flow;

    public SipRequest FromCaller(string method, uint cseq, string? sdp = null, string extra = "", string? body = null, string? from = null, SipFlow? flow = null)
    {
        var request = Request($"{method} sip:telecube@127.0.0.1 SIP/2.0", $"{cseq} {method}", $"<sip:x@pbx.test>;tag={Call.Legs[0].LocalTag}", extra, sdp);
        if (body is not null) request.Body = Encoding.UTF8.GetBytes(body);
        if (from is not null) request.From = request.From.WithTag(from);
        if (method == "ACK") Take(new CallCommand.Ack(0, request));
        else Take(new CallCommand.Request(0, new ServerTransactionId($"t-{++_transactions}"), request, flow ?? CallerFlow) { HeardSeq = _heard.GetValueOrDefault(0) });
        return request;
    }

    public SipRequest FromCallee(int leg, string method, uint cseq, string? sdp = null, string extra = "", (string Type, string Text)? body = null, SipFlow? flow = null)
    {
        var dialog = Call[leg]!.Dialog!;
        var text = $"{method} sip:telecube@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.3:5062;branch=z9hG4bK-{method}-{cseq}\r\nFrom: {dialog.Remote.WithTag(dialog.RemoteTag)}\r\n"
            + $"To: {dialog.Local.WithTag(dialog.LocalTag)}\r\nCall-ID: {dialog.CallId}\r\nCSeq: {cseq} {method}\r\nContact: <sip:bob@127.0.0.3:5062>\r\n{extra}";
        if (body is var (type, _)) text += $"Content-Type: {type}\r\n";
        var request = (SipRequest)Parse(text, sdp is null ? null : Sdp(sdp, 5000 + leg));
        if (body is var (_, content)) request.Body = Encoding.UTF8.GetBytes(content);
        Take(new CallCommand.Request(leg, new ServerTransactionId($"t-{++_transactions}"), request, flow ?? Flow with { Remote = Call[leg]!.Target.Remote }) { HeardSeq = _heard.GetValueOrDefault(leg) });
        return request;
    }

    /// <summary>The far end of a leg answers our INVITE.</summary>
    public void Answer(int leg, int status, string? sdp = null, string extra = "", string tag = "callee", string contact = "sip:bob@127.0.0.3:5062")
    {
        var sent = AllEffects.OfType<CallEffect.Invite>().Last(invite => invite.Leg == leg).Sent; // of an ended leg nothing is kept
        var response = SipResponse.For(sent.Request, status, null, $"{tag}{leg}");
        response.Contact = NameAddress.Parse($"<{contact}>");
        var text = response.ToString();
        var parsed = (SipResponse)Parse(text[..text.IndexOf("Content-Length", StringComparison.Ordinal)] + extra, sdp is null ? null : Sdp(sdp, 5000 + leg));
        Take(new CallCommand.Response(leg, new ClientTransactionId(sent.Seed), parsed, Flow));
    }

    /// <summary>The far end of a leg answers a request of ours within its dialog.</summary>
    public void AnswerTo(int leg, SipMethod method, int status, string extra = "")
    {
        var text = SipResponse.For(Call[leg]!.Dialog!.Request(method, 900), status).ToString();
        var response = (SipResponse)Parse(text[..text.IndexOf("Content-Length", StringComparison.Ordinal)] + extra, null);
        Take(new CallCommand.Response(leg, new ClientTransactionId("t-in-dialog"), response, Flow));
    }

    /// <summary>The caller's INVITE by this way, with a session description of its own.</summary>
    public void DialWith(string number, string sdp, SipFlow flow)
    {
        var invite = Request($"INVITE sip:{number}@pbx.test SIP/2.0", "1 INVITE", $"<sip:{number}@pbx.test>", "", null);
        invite.SetBody("application/sdp", Encoding.UTF8.GetBytes(sdp));
        Take(new CallCommand.Begin(Company, new CallOrigin.Extension("10"), invite, new ServerTransactionId("t-invite"), flow));
    }

    /// <summary>The caller's INVITE over TLS, which offers SDES-SRTP under this key.</summary>
    public void DialSecurely(string number, string key)
    {
        var sdp = Sdp("alice", 4000).Replace("RTP/AVP", "RTP/SAVP", StringComparison.Ordinal) + $"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{key}\r\n";
        var invite = (SipRequest)Parse(
            $"INVITE sip:{number}@pbx.test SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.2:5070;branch=z9hG4bK-1-INVITE\r\nFrom: <sip:10@pbx.test>;tag=alice\r\nTo: <sip:{number}@pbx.test>\r\n"
            + "Call-ID: from-alice\r\nCSeq: 1 INVITE\r\nContact: <sip:alice@127.0.0.2:5071;transport=tls>\r\n", sdp);
        Take(new CallCommand.Begin(Company, new CallOrigin.Extension("10"), invite, new ServerTransactionId("t-invite"), TlsFlow));
    }

    /// <summary>A connection, and the port that it comes from.</summary>
    public static SipFlow TlsFlow { get; } =
        new(new FlowId(7), TransportKind.Tls, new IPEndPoint(IPAddress.Loopback, 5061), "127.0.0.1", 5061, IPEndPoint.Parse("127.0.0.2:49152"));

    public static SipFlow Flow { get; } =
        new(new FlowId(-1), TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5060), "127.0.0.1", 5060, IPEndPoint.Parse("127.0.0.2:5070"));

    /// <summary>What extension 10 sends to begin a call.</summary>
    public static SipRequest Invite(string number) => Request($"INVITE sip:{number}@pbx.test SIP/2.0", "1 INVITE", $"<sip:{number}@pbx.test>", "", "alice");

    /// <summary>What the caller sends within the dialog of our response.</summary>
    public static SipRequest WithinDialog(SipResponse dialog, string method, uint cseq) =>
        Request($"{method} sip:telecube@127.0.0.1 SIP/2.0", $"{cseq} {method}", $"<sip:x@pbx.test>;tag={dialog.To.Tag}", "", null);

    /// <summary>A far end picks up.</summary>
    public static SipResponse Answer200(SipRequest invite, int leg)
    {
        var response = SipResponse.For(invite, 200, null, $"callee{leg}");
        response.Contact = NameAddress.Parse("<sip:bob@127.0.0.3:5062>");
        var text = response.ToString();
        return (SipResponse)Parse(text[..text.IndexOf("Content-Length", StringComparison.Ordinal)], Sdp("bob", 5000 + leg));
    }

    static SipRequest Request(string line, string cseq, string to, string extra, string? sdp) => (SipRequest)Parse(
        $"{line}\r\nVia: SIP/2.0/UDP 127.0.0.2:5070;branch=z9hG4bK-{cseq.Replace(' ', '-')}\r\nFrom: \"Alice\" <sip:10@pbx.test>;tag=alice\r\nTo: {to}\r\n"
        + $"Call-ID: from-alice\r\nCSeq: {cseq}\r\nContact: <sip:alice@127.0.0.2:5070>\r\n{extra}",
        sdp is null ? null : Sdp(sdp, 4000));

    public static string Sdp(string spec, int port)
    {
        var direction = spec.Contains(':') ? spec.Split(':')[1] : "sendrecv";
        return $"v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\nm=audio {port} RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\na={direction}\r\n";
    }

    static SipMessage Parse(string head, string? sdp)
    {
        var body = sdp ?? "";
        var text = head + (sdp is null ? "" : "Content-Type: application/sdp\r\n") + $"Content-Length: {body.Length}\r\n\r\n{body}";
        var result = SipParser.TryParse(Encoding.UTF8.GetBytes(text), out var message);
        return message ?? throw new FormatException($"the test's own message does not parse: {result}\n{text}");
    }

    // what the call sees of the world

    /// <summary>The queues of the company as the distributor has them.</summary>
    public DistributorState Queues { get; set; } = DistributorState.Initial;

    DistributorState? IQueues.Find(TenantId tenant) => tenant == Company ? Queues : null;

    PlaySource? ISounds.Find(TenantState tenant, SoundId sound) =>
        sound.Message is { } message ? new PlaySource.Files([$"/voicemail/{message}.wav"])
        : sound.Prompt is { } prompt ? Prompts.GetValueOrDefault(prompt) : new PlaySource.Files([$"/announcements/{sound}.wav"]);

    IReadOnlyCollection<string> ISounds.MusicClasses(TenantState tenant) => [];

    TenantState? ITenants.Find(TenantId id) => id == Company ? Tenant : null;

    TenantState? ITenants.ByPhoneNumber(E164 number) => Tenant.PhoneNumbers.ContainsKey(number) ? Tenant : null;

    (TenantState Tenant, Extension Extension)? ITenants.BySipUser(string sipUser) => null;

    IReadOnlyCollection<TenantState> ITenants.All => [Tenant];

    bool IRoutingView.IsReachable(TenantId tenant, ExtensionNumber extension) => Phones.GetValueOrDefault(extension.Value) > 0;

    int IRoutingView.CallsOf(TenantId tenant, ExtensionNumber extension, string exceptCall) => BusyExtensions.Contains(extension.Value) ? 1 : 0;

    bool IRoutingView.TryPromise(TenantId tenant, ExtensionNumber extension, string call) => Around.TryPromise(tenant, extension.Value, call);

    public HashSet<string> BusyExtensions { get; } = [];

    ImmutableArray<string> IRoutingView.TrunksFor(DialledNumber number, string call) => [.. Trunks.Select(trunk => trunk.Id.Value)];

    TrunkConfig? IRoutingView.Trunk(string id) => id == OnNet.TrunkId ? OnNet.Trunk : Trunks.FirstOrDefault(trunk => trunk.Id.Value == id);

    /// <summary>What is said of the trunks that are not tried.</summary>
    public ImmutableArray<string> PassedOver { get; set; } = [];

    ImmutableArray<string> IRoutingView.TrunksPassedOver(DialledNumber number, bool all) => PassedOver;

    /// <summary>The company's calls, as the dial plan sees them.</summary>
    public LiveCalls Around { get; init; } = new();

    WaitingLeg? IRoutingView.RingingAt(TenantId tenant, IReadOnlySet<ExtensionNumber> extensions) => WaitingLeg.Ringing(Around, tenant, extensions);

    WaitingLeg? IRoutingView.ParkedAt(TenantId tenant, string slot) => WaitingLeg.Parked(Around, tenant, slot);

    public Dictionary<string, TenantId> Owners { get; } = [];

    /// <summary>Numbers outside to which a call is up.</summary>
    public HashSet<string> Talking { get; } = [];

    bool IRoutingView.IsTalking(E164 number) => Talking.Contains(number.Value);

    public HashSet<string> ReceiveOnly { get; } = [];

    bool IRoutingView.IsReceiveOnly(E164 number) => ReceiveOnly.Contains(number.Value);

    TenantId? IRoutingView.OwnerOf(E164 number) => Owners.TryGetValue(number.Value, out var owner) ? owner : null;

    public Tariff Tariff { get; set; } = new(new TariffId("standard"), "Standard", 1)
    {
        Rows = [new TariffRow(TariffKey.Prefix("48"), "Polska Stacjonarne", 0.05m), new TariffRow(TariffKey.Prefix("4850"), "Polska Komórka", 0.11m)],
        Vat = [new VatRate(new DateOnly(2011, 1, 1), 0.23m)],
    };

    Tariff? IRoutingView.TariffOf(TenantState tenant) => Tariff;

    ImmutableArray<LiveContact> IPhoneRegistry.Of(TenantId tenant, ExtensionNumber extension) =>
    [
        .. Enumerable.Range(1, Phones.GetValueOrDefault(extension.Value)).Select(n => new LiveContact(
            SipUri.Parse($"sip:{extension}@127.0.0.3:{5060 + n}"), new SipTarget(TransportKind.Udp, IPEndPoint.Parse($"127.0.0.3:{5060 + n}")), [], null!)),
    ];

    Carrier? ICarriers.Find(string trunkId) => trunkId == OnNet.TrunkId
        ? new Carrier(OnNet.Trunk, new SipTarget(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5060)))
        : Trunks.FirstOrDefault(trunk => trunk.Id.Value == trunkId) is { } trunk
        ? new Carrier(trunk, new SipTarget(TransportKind.Udp, IPEndPoint.Parse($"{trunk.Host}:5060")))
        : null;

    StreamSlot? IStreams.Reserve(AddressFamily family, bool emergency) => NoPortIsFree && !emergency ? null : Slot((int)(20_000 + (2 * ++_streams)), family);

    StreamSlot? IStreams.Reserve(AddressFamily family, int port) => TakenPorts.Contains(port) ? null : Slot(port, family);

    public HashSet<int> TakenPorts { get; } = [];

    public bool NoPortIsFree { get; set; }

    void IStreams.Return(StreamSlot slot) => Returned.Add(slot.Port);

    public List<int> Returned { get; } = [];

    StreamSlot Slot(int port, AddressFamily family) =>
        new(new StreamId(++_streams), port, family is AddressFamily.InterNetwork ? "127.0.0.1" : "::1", NextKey);

    /// <summary>The key of the streams that are reserved from now on.</summary>
    public string NextKey { get; set; } = Convert.ToBase64String(new byte[30]);
}
