using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Subscriptions;
using TeleCube.Actors.Subscriptions.Documents;
using TeleCube.Actors.Subscriptions.Watching;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Tests.Calls;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Subscriptions;

/// <summary>The notifier of a company, with a wire that a test reads. A second one over the same store is a restart.</summary>
sealed class WatchHouse : IAsyncDisposable
{
    static readonly byte[] _key = Encoding.ASCII.GetBytes("a key for the tests only, 32 B..");

    readonly ActorSystem _system;

    public WatchHouse(MemoryJournal? store = null, ManualClock? clock = null)
    {
        (Store, Clock) = (store ?? new MemoryJournal(SubscriptionRows.Model), clock ?? new ManualClock());
        var ownership = new SoleOwnership(1);
        _system = new ActorSystem(new ActorSystemOptions { Persistence = new PersistenceContext(Store, new EventRegistry(), ownership) }, Clock, NullLogger<ActorSystem>.Instance);
        Region = new ShardRegion(_system, ownership, Store);
        Board = new WatchBoard(Live);
        (Live.Watch, Tenants.Watch, Phones.Watch) = (Board.Saw, Board.Saw, Board.Poke);
        Tenants.Publish(Table.Tenant);
        var sip = new CallSip("pbx.test", [new SipEndpoint(TransportKind.Udp, new(System.Net.IPAddress.Loopback, 5060))], new LocalTag(_key), new OnNet(_key), new SystemRandomSource(), "TeleCube");
        var services = new SubscriptionServices(
            Store, Board, new DocumentWriter(Board, Tenants, Phones, Mailboxes), Wire, sip, new SubscriptionTag(_key, new SystemRandomSource()), Options, Clock,
            NullLogger<SubscriptionsActor>.Instance);
        Region.Register(EntityKinds.SubscriptionsKind, id => Props.Create(() => new SubscriptionsActor(id.Tenant, ExtensionNumber.Parse(id.Id), services)));
        _system.Spawn(Props.Create(() => new MailboxWatch(Board)));
    }

    /// <summary>Watches are kept for ten minutes; three for each extension.</summary>
    public static SubscriptionOptions Options { get; } = new() { MinExpires = TimeSpan.FromSeconds(60), MaxExpires = TimeSpan.FromMinutes(10), PerExtension = 3 };

    public MemoryJournal Store { get; }

    public ManualClock Clock { get; }

    public ShardRegion Region { get; }

    public FakeSignalling Wire { get; } = new();

    public LiveCalls Live { get; } = new();

    public TenantRegistry Tenants { get; } = new();

    public PhoneRegistry Phones { get; } = new();

    public Mailboxes Mailboxes { get; } = new();

    public WatchBoard Board { get; }

    /// <summary>A call of the company, from extension 10.</summary>
    public CallTable Table { get; } = new();

    public static EntityId Watcher { get; } = EntityKinds.Subscriptions(CallTable.Company, ExtensionNumber.Parse("12"));

    /// <summary>The call as it is now, or its end, becomes known.</summary>
    public void Publish() => Live.Update(Table.Call);

    public void Said(object news) => _system.EventStream.Publish(news);

    /// <summary>Extension 12 subscribes; what it is answered.</summary>
    public async Task<SipResponse> Subscribe(string watched, string package = "dialog", int? expires = 600, string call = "watch-1")
    {
        var request = Message($"SUBSCRIBE sip:{watched}@pbx.test SIP/2.0", 1, call, null, package, expires);
        if (SubscribeRequest.TryRead(request, Table.Tenant, new Extension(ExtensionNumber.Parse("12")), Options, out var wanted) is { } refusal)
            throw new InvalidOperationException($"{refusal}");
        Region.Tell(Watcher, new SubscriptionMessage.Subscribe(wanted!, new ServerTransactionId("t"), request, CallTable.Flow));
        return await Wire.Answer();
    }

    /// <summary>A SUBSCRIBE within the dialog of that answer.</summary>
    public async Task<SipResponse> Again(SipResponse begun, uint cseq, int? expires, string package = "dialog")
    {
        var request = Message("SUBSCRIBE sip:telecube@127.0.0.1 SIP/2.0", cseq, begun.CallId, begun.To.Tag, package, expires);
        Region.Tell(Watcher, new SubscriptionMessage.Within(new ServerTransactionId("t"), request, CallTable.Flow));
        return await Wire.Answer();
    }

    /// <summary>The next NOTIFY, which the phone answers at once.</summary>
    public async Task<SipRequest> Notified(int status = 200)
    {
        var (request, context) = await Wire.Sent();
        Region.Tell(Watcher, new SubscriptionMessage.Answered((NotifySent)context, status));
        return request;
    }

    /// <summary>When this returns, all that was said before is done.</summary>
    public async Task Settle()
    {
        var stranger = Message("SUBSCRIBE sip:telecube@127.0.0.1 SIP/2.0", 1, "stranger", "sub-12-0-firmaabcde-0", "dialog", 600);
        Region.Tell(Watcher, new SubscriptionMessage.Within(new ServerTransactionId("t"), stranger, CallTable.Flow));
        if ((await Wire.Answer()).Status != 481) throw new InvalidOperationException("a stranger was let in");
    }

    public static SipRequest Message(string line, uint cseq, string call, string? toTag, string package, int? expires, string more = "")
    {
        var tag = toTag is null ? "" : $";tag={toTag}";
        var text = $"{line}\r\nVia: SIP/2.0/UDP 127.0.0.2:5070;branch=z9hG4bK-{call}-{cseq}\r\nFrom: <sip:12@pbx.test>;tag=phone\r\nTo: <sip:x@pbx.test>{tag}\r\nCall-ID: {call}\r\n"
            + $"CSeq: {cseq} SUBSCRIBE\r\nContact: <sip:12@127.0.0.2:5070>\r\nEvent: {package}\r\n{(expires is null ? "" : $"Expires: {expires}\r\n")}{more}Content-Length: 0\r\n\r\n";
        var result = SipParser.TryParse(Encoding.UTF8.GetBytes(text), out var message);
        return message as SipRequest ?? throw new FormatException($"the test's own message does not parse: {result}\n{text}");
    }

    public static string Body(SipMessage message) => Encoding.UTF8.GetString(message.Body.Span);

    public static SubscriptionState StateOf(SipMessage message) => message.Get<SubscriptionState>()!;

    public ValueTask DisposeAsync() => _system.DisposeAsync();
}
