using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TeleCube.Actors;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tenants;

/// <summary>The people who sign in to the panel.</summary>
static class UsersApi
{
    public static void MapUsers(this RouteGroupBuilder tenant)
    {
        var users = tenant.MapGroup("/users").WithTags("Users").For(UserRole.Administrator);
        users.MapGet("", List).WithSummary("List users");
        users.MapPost("", Create).WithSummary("Create a user");
        users.MapGet("/{id}", Get).WithSummary("Get a user");
        users.MapPut("/{id}", Put).WithSummary("Replace a user; without a password the old one stays");
        users.MapDelete("/{id}", Delete).WithSummary("Delete a user");
    }

    static async Task<Results<Ok<ListOf<UserView>>, Refused>> List(
        TenantId tenantId, [AsParameters] PageQuery page, EntityDesk desk, CancellationToken stop) =>
        TypedResults.Ok(ListOf<UserView>.Page((await desk.Tenant(tenantId, stop)).Users.Values, page, user => user.Id.Value, UserView.Of));

    static async Task<Results<Tagged<UserView>, Refused>> Get(TenantId tenantId, UserId id, EntityDesk desk, CancellationToken stop) =>
        await Show(tenantId, id, desk, null, stop);

    static async Task<Results<Tagged<UserView>, Refused>> Create(
        TenantId tenantId, Body<NewUserInput> body, EntityDesk desk, CancellationToken stop)
    {
        var id = new UserId(body.Value.Id is null ? Ids.Random() : body.Faults.Identifier("id", body.Value.Id));
        var (login, name, role) = body.Value.Check(body.Faults, passwordRequired: true);
        if (body.Refusal is { } wrong) return wrong;
        var user = new User(id, login, name, role, await Hash(body.Value.Password!, stop)) { Disabled = body.Value.Disabled };
        if (await desk.Tell(tenantId, new TenantCommand.CreateUser(user), stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, id, desk, $"/api/v1/tenants/{tenantId}/users/{id}", stop);
    }

    static async Task<Results<Tagged<UserView>, Refused>> Put(
        TenantId tenantId, UserId id, Body<UserInput> body, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop)
    {
        var (login, name, role) = body.Value.Check(body.Faults, passwordRequired: false);
        if (body.Refusal is { } wrong) return wrong;
        var password = body.Value.Password is { } text ? await Hash(text, stop) : null;
        var command = new TenantCommand.UpdateUser(id, login, name, role, body.Value.Disabled, password, ETags.Version(ifMatch));
        if (await desk.Tell(tenantId, command, stop) is { } refused) return Refused.By(refused);
        return await Show(tenantId, id, desk, null, stop);
    }

    static async Task<Results<NoContent, Refused>> Delete(
        TenantId tenantId, UserId id, [FromHeader(Name = "If-Match")] string? ifMatch, EntityDesk desk, CancellationToken stop) =>
        await desk.Tell(tenantId, new TenantCommand.DeleteUser(id, ETags.Version(ifMatch)), stop) is { } refused
            ? Refused.By(refused)
            : TypedResults.NoContent();

    static Task<PasswordHash> Hash(string password, CancellationToken stop) => Task.Run(() => PasswordHash.Of(password), stop);

    static async Task<Results<Tagged<UserView>, Refused>> Show(
        TenantId tenantId, UserId id, EntityDesk desk, string? location, CancellationToken stop) =>
        (await desk.Tenant(tenantId, stop)).Users.GetValueOrDefault(id) is { } user
            ? new Tagged<UserView>(UserView.Of(user), user.Version, location)
            : Refused.With(Refusals.NoSuchUser);
}

/// <summary>A user without the password.</summary>
public sealed record UserView(string Id, string Login, string Name, UserRole Role, bool Disabled)
{
    internal static UserView Of(User user) => new(user.Id.Value, user.Login, user.Name, user.Role, user.Disabled);
}
