using TeleCube.Actors.Extensions;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Tests.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Transport;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Extensions;

/// <summary>
/// Registrations live: stored before they are answered, published to the call router, expired, and found again after a restart.
/// </summary>
public sealed class ExtensionActorTests
{
    static readonly EntityId _ten = EntityKinds.Extension(TenantSpec.Id, TenantSpec.Ten);

    static ExtensionMessage.Register Register(string contact, int cseq = 1, string received = "udp:127.0.0.1:5060", long? flow = null) => new(new RegisterRequest
    {
        CallId = contact.Split(';')[0],
        CSeq = cseq,
        Contacts = [WantedContact.Of(NameAddress.Parse(contact), null)],
        Received = received,
        Flow = flow,
    });

    static string[] Phones(Exchange exchange) =>
        [.. exchange.Phones.Of(TenantSpec.Id, TenantSpec.Ten).Select(contact => contact.Uri.ToString())];

    [Fact]
    public async Task A_registered_phone_can_be_called_until_its_time_is_over()
    {
        await using var exchange = Exchange.New();
        var news = exchange.Hear<ExtensionRegistered>();
        var ends = exchange.Hear<ExtensionUnregistered>();
        var answer = (RegistrarDecision)await exchange.Tell(_ten, Register("<sip:10@127.0.0.1:6000>;expires=120"));
        Assert.Equal(200, answer.Status);
        Assert.Equal("sip:10@127.0.0.1:6000", (await news.Expect<ExtensionRegistered>()).Contact);
        Assert.Equal(["sip:10@127.0.0.1:6000"], Phones(exchange));

        exchange.Clock.Advance(TimeSpan.FromSeconds(60));
        await exchange.Tell(_ten, Register("<sip:10@127.0.0.1:6000>;expires=120", cseq: 2));
        Assert.True(news.IsQuiet); // a refresh is no news
        exchange.Clock.Advance(TimeSpan.FromSeconds(119));
        await exchange.Tell(_ten, new ExtensionMessage.GetContacts());
        Assert.Single(Phones(exchange));
        exchange.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(UnregisterReason.Expired, (await ends.Expect<ExtensionUnregistered>()).Reason);
        Assert.Empty(((ExtensionMessage.Contacts)await exchange.Tell(_ten, new ExtensionMessage.GetContacts())).Live);
        Assert.Empty(Phones(exchange));
    }

    [Fact]
    public async Task A_phone_is_found_again_after_a_restart()
    {
        var clock = new ManualClock();
        var store = new MemoryRegistrations(clock);
        var first = new Exchange(new MemoryJournal(), store, clock);
        await first.Tell(_ten, Register("<sip:10@127.0.0.1:6000>;expires=120"));
        await first.Tell(_ten, Register("<sip:10@192.168.1.5:6000>;expires=120", received: "tcp:192.0.2.7:4000", flow: 17)); // only its own connection reached it
        await first.DisposeAsync();

        await using var second = new Exchange(first.Journal, store, clock);
        await second.Tell(_ten, new ExtensionMessage.GetContacts());
        Assert.Equal(["sip:10@127.0.0.1:6000"], Phones(second));
    }

    [Fact]
    public async Task A_phone_behind_nat_is_lost_with_its_connection_and_another_is_not()
    {
        await using var exchange = Exchange.New();
        await exchange.Tell(_ten, Register("<sip:10@192.168.1.5:6000>", received: "tcp:192.0.2.7:4000", flow: 17));
        await exchange.Tell(_ten, Register("<sip:10@192.0.2.8:6000;transport=tcp>", received: "tcp:192.0.2.8:4000", flow: 18));
        Assert.Equal([_ten], exchange.Phones.OwnersOf(new FlowId(17)));
        exchange.Region.Tell(_ten, new ExtensionMessage.ConnectionClosed(new FlowId(17)));
        exchange.Region.Tell(_ten, new ExtensionMessage.ConnectionClosed(new FlowId(18)));
        await exchange.Tell(_ten, new ExtensionMessage.GetContacts());
        Assert.Equal(["sip:10@192.0.2.8:6000;transport=tcp"], Phones(exchange));
        Assert.Empty(exchange.Phones.OwnersOf(new FlowId(17)));
    }

    [Fact]
    public async Task Without_the_store_nothing_is_registered()
    {
        var clock = new ManualClock();
        await using var exchange = new Exchange(new MemoryJournal(), new BrokenRegistrations(), clock);
        Assert.Equal(503, ((RegistrarDecision)await exchange.Tell(_ten, Register("<sip:10@127.0.0.1:6000>"))).Status);
        Assert.Empty(Phones(exchange));
    }

    [Fact]
    public async Task A_REGISTER_of_unknown_outcome_is_told_once_though_the_phone_repeats_it()
    {
        var clock = new ManualClock();
        var store = new UnsureRegistrations(new MemoryRegistrations(clock)) { Unsure = true };
        await using var exchange = new Exchange(new MemoryJournal(), store, clock);
        Assert.Equal(503, ((RegistrarDecision)await exchange.Tell(_ten, Register("<sip:10@127.0.0.1:6000>"))).Status);
        store.Unsure = false;
        Assert.Equal(200, ((RegistrarDecision)await exchange.Tell(_ten, Register("<sip:10@127.0.0.1:6000>", cseq: 2))).Status);
        Assert.Equal(["sip:10@127.0.0.1:6000"], Phones(exchange));
        Assert.Equal(["registration.added"], store.Told);

        store.Unsure = true;
        Assert.Equal(503, ((RegistrarDecision)await exchange.Tell(_ten, Register("<sip:10@127.0.0.1:6000>;expires=0", cseq: 3))).Status);
        store.Unsure = false;
        Assert.Equal(200, ((RegistrarDecision)await exchange.Tell(_ten, Register("<sip:10@127.0.0.1:6000>;expires=0", cseq: 4))).Status);
        Assert.Empty(Phones(exchange));
        Assert.Equal(["registration.added", "registration.removed"], store.Told);
    }

    [Fact]
    public async Task A_deleted_extension_forgets_its_phones()
    {
        await using var exchange = Exchange.New();
        await exchange.Tell(_ten, Register("<sip:10@127.0.0.1:6000>"));
        exchange.Region.Tell(_ten, new ExtensionMessage.Remove());
        await exchange.Tell(_ten, new ExtensionMessage.GetContacts());
        Assert.Empty(Phones(exchange));
    }

    /// <summary>Writes all, and says that it may not have.</summary>
    sealed class UnsureRegistrations(IRegistrationStore behind) : IRegistrationStore
    {
        public bool Unsure { get; set; }

        public List<string> Told { get; } = [];

        public async Task Change(
            IReadOnlyList<RegistrationRow> upserts, IReadOnlyList<RegistrationKey> removals, IReadOnlyList<StoreWrite.Publish> told, CancellationToken stop = default)
        {
            await behind.Change(upserts, removals, told, stop);
            Told.AddRange(told.Select(news => news.Type));
            if (Unsure) throw new StoreUnavailableException("the outcome is not known");
        }

        public Task<IReadOnlyList<RegistrationRow>> Load(TenantId tenant, string extension, CancellationToken stop = default) => behind.Load(tenant, extension, stop);

        public Task<IReadOnlyList<RegistrationRow>> LoadAll(TenantId tenant, CancellationToken stop = default) => behind.LoadAll(tenant, stop);

        public Task<IReadOnlyList<RegistrationRow>> LoadExpired(DateTimeOffset now, CancellationToken stop = default) => behind.LoadExpired(now, stop);

        public Task<IReadOnlyList<RegistrationRow>> Expire(DateTimeOffset now, CancellationToken stop = default) => behind.Expire(now, stop);
    }

    sealed class BrokenRegistrations : IRegistrationStore
    {
        public Task Change(
            IReadOnlyList<RegistrationRow> upserts, IReadOnlyList<RegistrationKey> removals, IReadOnlyList<StoreWrite.Publish> told, CancellationToken stop = default) =>
            Task.FromException(new StoreUnavailableException("full"));

        public Task<IReadOnlyList<RegistrationRow>> Load(TenantId tenant, string extension, CancellationToken stop = default) =>
            Task.FromResult<IReadOnlyList<RegistrationRow>>([]);

        public Task<IReadOnlyList<RegistrationRow>> LoadAll(TenantId tenant, CancellationToken stop = default) => Load(tenant, "", stop);

        public Task<IReadOnlyList<RegistrationRow>> LoadExpired(DateTimeOffset now, CancellationToken stop = default) => Load(default, "", stop);

        public Task<IReadOnlyList<RegistrationRow>> Expire(DateTimeOffset now, CancellationToken stop = default) => Load(default, "", stop);
    }
}
