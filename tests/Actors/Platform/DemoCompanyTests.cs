using TeleCube.Actors.Tenants;
using TeleCube.Actors.Tests.Tenants;

namespace TeleCube.Actors.Tests.Platform;

/// <summary>What API.md promises of an empty database.</summary>
public sealed class DemoCompanyTests
{
    [Fact]
    public async Task It_has_extensions_a_number_and_an_administrator()
    {
        await using var exchange = Exchange.New();
        var demo = await exchange.FoundDemo();
        var tenant = exchange.Tenants.Find(new("firmaabcde"))!;
        Assert.Equal(["10", "11", "12", "13", "14", "15", "16"], tenant.Extensions.Keys.Select(number => number.Value));
        Assert.Equal(SipCredentials.Of("firmaabcde_16", exchange.Registrar.Realm, "demo-16"), exchange.Tenants.BySipUser("firmaabcde_16")?.Extension.Credentials);
        Assert.Equal(TenantSpec.Landline, tenant.PhoneNumbers.Values.Single().Number);
        Assert.Equal(new ForwardTarget.ToExtension(TenantSpec.Ten), tenant.PhoneNumbers.Values.Single().ForwardTo);
        var user = tenant.Users.Values.Single();
        Assert.Equal(("admin", UserRole.Administrator), (user.Login, user.Role));
        Assert.True(user.Password.Verify(demo.AdministratorPassword));
        Assert.Equal(0.05m, exchange.Platform.Current.TariffOf(tenant)?.Find(TenantSpec.Stranger)?.Net);
    }
}
