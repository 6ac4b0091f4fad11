using TeleCube.Actors.Platform;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using static TeleCube.Actors.Tests.Tenants.TenantSpec;

namespace TeleCube.Actors.Tests.Tenants;

/// <summary>
/// Platform and tenant together: what the operator decides reaches the tenant, the directory and the readers, and outlives a restart.
/// </summary>
public sealed class TenantActorTests
{
    static async Task Found(Exchange exchange)
    {
        await exchange.Accepted(EntityKinds.Platform, new PlatformCommand.SaveTariff(TenantSpec.Tariff));
        await exchange.Accepted(EntityKinds.Platform, new PlatformCommand.SavePackage(new Package(Profile.Package, "Premium")));
        await exchange.Accepted(EntityKinds.Platform, new PlatformCommand.CreateTenant(Profile));
        await exchange.Accepted(EntityKinds.Platform, new PlatformCommand.AssignNumber(Landline, Id));
        await exchange.Accepted(EntityKinds.Tenant(Id), new TenantCommand.CreateExtension(new Extension(Ten)));
    }

    /// <summary>The platform has heard all its confirmations: asked last, it answers last.</summary>
    static async Task<PlatformState> Delivered(Exchange exchange)
    {
        await exchange.Tell(EntityKinds.Tenant(Id), new GetTenant());
        return (PlatformState)await exchange.Tell(EntityKinds.Platform, new GetPlatform());
    }

    [Fact]
    public async Task What_the_operator_decides_reaches_the_tenant_and_the_readers()
    {
        await using var exchange = Exchange.New();
        await Found(exchange);
        Assert.Equal("Firma ABCDE", exchange.Tenants.Find(Id)?.Name);
        Assert.Equal(Id, exchange.Tenants.ByPhoneNumber(Landline)?.Id);
        Assert.Equal(Ten, exchange.Tenants.BySipUser("firmaabcde_10")?.Extension.Number);
        Assert.Null(exchange.Tenants.BySipUser("firmaabcde_99"));
        Assert.Null(exchange.Tenants.BySipUser("other_10"));
        var platform = await Delivered(exchange);
        Assert.True(platform.Tenants[Id.Value].Delivered);
        Assert.True(platform.Numbers[Landline].Delivered);
        Assert.Same(platform, exchange.Platform.Current);
    }

    [Fact]
    public async Task Keys_are_claimed_and_released_in_the_directory()
    {
        await using var exchange = Exchange.New();
        await Found(exchange);
        Assert.Equal(Id, await exchange.Journal.Find(DirectoryKinds.SipUser, "firmaabcde_10"));
        Assert.Equal(Id, await exchange.Journal.Find(DirectoryKinds.PhoneNumber, Landline.Value));
        Assert.Equal(Id, await exchange.Journal.Find(DirectoryKinds.Login, "firmaabcde"));

        var user = new User(new("u1"), "Admin", "", UserRole.Administrator, PasswordHash.Of("x", new byte[16], 1));
        await exchange.Accepted(EntityKinds.Tenant(Id), new TenantCommand.CreateUser(user));
        Assert.Equal(Id, await exchange.Journal.Find(DirectoryKinds.UserLogin, "admin"));
        await exchange.Accepted(EntityKinds.Tenant(Id), new TenantCommand.UpdateUser(user.Id, "boss", "", UserRole.Administrator, false));
        Assert.Null(await exchange.Journal.Find(DirectoryKinds.UserLogin, "admin"));
        Assert.Equal(Id, await exchange.Journal.Find(DirectoryKinds.UserLogin, "boss"));

        await exchange.Accepted(EntityKinds.Tenant(Id), new TenantCommand.DeleteExtension(Ten));
        Assert.Null(await exchange.Journal.Find(DirectoryKinds.SipUser, "firmaabcde_10"));
        await exchange.Accepted(EntityKinds.Platform, new PlatformCommand.AssignNumber(Landline, null));
        await Delivered(exchange);
        Assert.Null(await exchange.Journal.Find(DirectoryKinds.PhoneNumber, Landline.Value));
        Assert.Null(exchange.Tenants.ByPhoneNumber(Landline));
    }

    [Fact]
    public async Task A_login_of_another_tenant_is_refused_by_the_store()
    {
        await using var exchange = Exchange.New();
        await Found(exchange);
        var user = new User(new("u1"), "admin", "", UserRole.Administrator, PasswordHash.Of("x", new byte[16], 1));
        await exchange.Accepted(EntityKinds.Tenant(Id), new TenantCommand.CreateUser(user));
        var other = Profile with { Id = new("other"), LoginPrefix = "other" };
        await exchange.Accepted(EntityKinds.Platform, new PlatformCommand.CreateTenant(other));
        Assert.Equal("taken", (await exchange.Tell(EntityKinds.Tenant(other.Id), new TenantCommand.CreateUser(user)) as Rejection)?.Code);
        Assert.Empty(exchange.Tenants.Find(other.Id)!.Users);
    }

    [Fact]
    public async Task A_restart_brings_everything_back()
    {
        var first = Exchange.New();
        await Found(first);
        await Delivered(first);
        await first.DisposeAsync();

        await using var second = new Exchange(first.Journal, new MemoryRegistrations(first.Clock), first.Clock);
        await second.Restart();
        await second.Tell(EntityKinds.Platform, new GetPlatform());
        await second.Tell(EntityKinds.Tenant(Id), new GetTenant());
        Assert.Equal(Ten, second.Tenants.BySipUser("firmaabcde_10")?.Extension.Number);
        Assert.Equal(Id, second.Platform.Current.HolderOf(Landline));
    }

    [Fact]
    public async Task A_tenant_that_did_not_hear_is_told_again()
    {
        var first = Exchange.New();
        await first.Accepted(EntityKinds.Platform, new PlatformCommand.SaveTariff(TenantSpec.Tariff));
        await first.Accepted(EntityKinds.Platform, new PlatformCommand.SavePackage(new Package(Profile.Package, "Premium")));
        first.Journal.TakeOver(EntityKinds.Tenant(Id).Shard); // the tenant cannot write
        await first.Accepted(EntityKinds.Platform, new PlatformCommand.CreateTenant(Profile));
        Assert.False((await Delivered(first)).Tenants[Id.Value].Delivered);
        Assert.Null(first.Tenants.Find(Id));
        await first.DisposeAsync();

        foreach (var shard in Enumerable.Range(0, Shards.Count).Where(shard => shard != EntityKinds.Tenant(Id).Shard)) first.Journal.TakeOver(shard);
        await using var second = new Exchange(first.Journal, new MemoryRegistrations(first.Clock), first.Clock, epoch: 2);
        var heard = second.Hear<TenantChanged>();
        await second.Restart();
        await heard.Expect<TenantChanged>();
        Assert.True((await Delivered(second)).Tenants[Id.Value].Delivered);
        Assert.Equal("Firma ABCDE", second.Tenants.Find(Id)?.Name);
    }
}
