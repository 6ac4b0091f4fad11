using TeleCube.Actors.Tenants;
using static TeleCube.Actors.Tests.Tenants.TenantSpec;

namespace TeleCube.Actors.Tests.Tenants;

/// <summary>Users, passwords and tokens.</summary>
public sealed class UserRulesTests
{
    static readonly PasswordHash _password = PasswordHash.Of("secret", new byte[16], 1000);
    static readonly User _admin = new(new("u1"), "admin", "Anna", UserRole.Administrator, _password);
    static readonly User _second = new(new("u2"), "boss", "Bogdan", UserRole.Administrator, _password);

    [Fact]
    public void A_login_is_unique_whatever_its_case() => Company().Given(new TenantEvent.UserSaved(_admin))
        .When(new TenantCommand.CreateUser(_second with { Login = "ADMIN" })).ThenRejected(Refusals.LoginTaken);

    [Fact]
    public void The_last_administrator_stays()
    {
        var company = Company().Given(new TenantEvent.UserSaved(_admin));
        company.When(new TenantCommand.DeleteUser(_admin.Id)).ThenRejected(Refusals.LastAdministrator);
        company.When(new TenantCommand.UpdateUser(_admin.Id, "admin", "Anna", UserRole.Consultant, false)).ThenRejected(Refusals.LastAdministrator);
        company.When(new TenantCommand.UpdateUser(_admin.Id, "admin", "Anna", UserRole.Administrator, true)).ThenRejected(Refusals.LastAdministrator);
        company.Given(new TenantEvent.UserSaved(_second)).When(new TenantCommand.DeleteUser(_admin.Id)).Then(new TenantEvent.UserDeleted(_admin.Id));
    }

    [Fact]
    public void A_password_stays_unless_a_new_one_is_given() => Company().Given(new TenantEvent.UserSaved(_admin))
        .When(new TenantCommand.UpdateUser(_admin.Id, "admin", "Anna Nowak", UserRole.Administrator, false))
        .ThenState(tenant => tenant.Users[_admin.Id] is { Name: "Anna Nowak" } user && user.Password == _password);

    [Fact]
    public void Only_the_right_password_fits()
    {
        var hash = PasswordHash.Of("zażółć");
        Assert.True(hash.Verify("zażółć"));
        Assert.False(hash.Verify("zazolc"));
        Assert.NotEqual(hash, PasswordHash.Of("zażółć"));
    }

    [Fact]
    public void A_token_expires()
    {
        var token = new ApiToken(new("t1"), "CRM", UserRole.Supervisor, ApiToken.HashOf("s3cret"), Now) { ExpiresAt = Now.AddDays(1) };
        Assert.True(token.Accepts("s3cret", Now));
        Assert.False(token.Accepts("wrong", Now));
        Assert.False(token.Accepts("s3cret", Now.AddDays(1)));
    }

    [Fact]
    public void An_older_profile_does_nothing() => Company().When(new TenantCommand.Adopt(Profile with { Name = "Old" })).Then();

    [Fact]
    public void A_closed_tenant_refuses_all_but_the_platform()
    {
        var closed = Company().Given(new TenantEvent.Adopted(Profile with { Status = TenantStatus.Closed, Version = 2 }));
        closed.When(new TenantCommand.CreateUser(_admin)).ThenRejected(Refusals.TenantClosed);
        closed.When(new TenantCommand.DropNumber(ReceiveOnly)).Then(new TenantEvent.PhoneNumberRemoved(ReceiveOnly));
    }
}
