using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Storage.Tests.Fixtures;

namespace TeleCube.Storage.Tests.Specs;

/// <summary>What every location service does.</summary>
public abstract class RegistrationSpec(StoreFixture store)
{
    static readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    readonly TenantId _tenant = Samples.NewTenant();

    IRegistrationStore Registrations => store.Registrations;

    [Fact]
    public async Task Keeps_all_of_a_binding()
    {
        var full = Binding("101", "sip:a@192.0.2.7:5060") with
        {
            Path = "<sip:edge.example;lr>",
            Flow = 42,
            Received = "udp:192.0.2.7:5060",
            Local = "udp:192.0.2.1:5060",
            QThousandths = 700,
            UserAgent = "Phone/1.0",
            InstanceId = "<urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF>",
            RegId = 1,
        };
        var bare = Binding("101", "sip:b@192.0.2.8");

        await Registrations.Change([full, bare], []);

        Assert.Equal([full, bare], await Registrations.Load(_tenant, "101"));
    }

    [Fact]
    public async Task What_a_phone_says_of_itself_is_kept_without_what_no_store_takes()
    {
        var odd = Binding("101", "sip:a@192.0.2.7") with { UserAgent = "Phone\0/\uD83D", InstanceId = "<urn:\0>" };

        await Registrations.Upsert(odd);

        Assert.Equal([odd with { UserAgent = "Phone\uFFFD/\uFFFD", InstanceId = "<urn:\uFFFD>" }], await Registrations.Load(_tenant, "101"));
    }

    [Fact]
    public async Task A_refresh_replaces_its_binding()
    {
        await Registrations.Upsert(Binding("101", "sip:a@192.0.2.7"));
        var refreshed = Binding("101", "sip:a@192.0.2.7") with { CSeq = 2, ExpiresAt = _now.AddHours(2), Received = "tcp:192.0.2.9:999" };
        await Registrations.Upsert(refreshed);

        Assert.Equal([refreshed], await Registrations.Load(_tenant, "101"));
    }

    [Fact]
    public async Task Removes_and_adds_at_once()
    {
        var (old, young) = (Binding("101", "sip:a@192.0.2.7"), Binding("101", "sip:b@192.0.2.7"));
        await Registrations.Upsert(old);

        await Registrations.Change([young], [old.Key]);

        Assert.Equal([young], await Registrations.Load(_tenant, "101"));
    }

    [Fact]
    public async Task Keeps_extensions_and_tenants_apart()
    {
        var other = Samples.NewTenant();
        var (a, b) = (Binding("101", "sip:a@192.0.2.7"), Binding("102", "sip:a@192.0.2.7"));
        await Registrations.Change([a, b, a with { Tenant = other }], []);

        Assert.Equal([a], await Registrations.Load(_tenant, "101"));
        Assert.Equal([a, b], (await Registrations.LoadAll(_tenant)).OrderBy(row => row.Extension, StringComparer.Ordinal));
        await Registrations.Remove(a.Key);
        Assert.Single(await Registrations.Load(other, "101"));
    }

    [Fact]
    public async Task An_expired_binding_is_not_loaded_and_is_handed_over_once()
    {
        var (expired, live) = (Binding("101", "sip:a@192.0.2.7") with { ExpiresAt = _now.AddSeconds(-5) }, Binding("101", "sip:b@192.0.2.7"));
        await Registrations.Change([expired, live], []);

        Assert.Equal([live], await Registrations.Load(_tenant, "101"));
        Assert.Equal([live], await Registrations.LoadAll(_tenant));
        Assert.Equal([expired], (await Registrations.Expire(_now)).Where(row => row.Tenant == _tenant));
        Assert.DoesNotContain(await Registrations.Expire(_now), row => row.Tenant == _tenant);
    }

    RegistrationRow Binding(string extension, string contact) => new()
    {
        Tenant = _tenant,
        Extension = extension,
        Contact = contact,
        CallId = "c1@192.0.2.7",
        CSeq = 1,
        RegisteredAt = _now,
        ExpiresAt = _now.AddHours(1),
    };
}
