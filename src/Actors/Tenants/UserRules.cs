using System.Diagnostics;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Tenants.TenantCommand;
using static TeleCube.Actors.Tenants.TenantEvent;

namespace TeleCube.Actors.Tenants;

/// <summary>Users of the panel; a company never loses its last administrator.</summary>
static class UserRules
{
    public static Decision<TenantEvent> Decide(TenantState tenant, TenantCommand command) => command switch
    {
        CreateUser(var user) => Create(tenant, user),
        UpdateUser update => Update(tenant, update),
        DeleteUser(var id, var ifMatch) => Delete(tenant, id, ifMatch),
        _ => throw new UnreachableException($"{command.GetType().Name} is no user's command"),
    };

    static Decision<TenantEvent> Create(TenantState tenant, User user)
    {
        if (tenant.Users.ContainsKey(user.Id)) return Decision<TenantEvent>.Reject(Refusals.UserExists);
        return IsTaken(tenant, user.Login, user.Id) ? Decision<TenantEvent>.Reject(Refusals.LoginTaken) : new UserSaved(user);
    }

    static Decision<TenantEvent> Update(TenantState tenant, UpdateUser update)
    {
        if (!tenant.Users.TryGetValue(update.Id, out var old)) return Decision<TenantEvent>.Reject(Refusals.NoSuchUser, update.Id.Value);
        if (Versions.Check(update.IfMatch, old.Version) is { } stale) return stale;
        if (IsTaken(tenant, update.Login, update.Id)) return Decision<TenantEvent>.Reject(Refusals.LoginTaken);
        var changed = old with
        {
            Login = update.Login,
            Name = update.Name,
            Role = update.Role,
            Disabled = update.Disabled,
            Password = update.Password ?? old.Password,
        };
        if (changed == old) return Decision<TenantEvent>.Nothing;
        return IsLastAdministrator(tenant, old) && !IsAdministrator(changed)
            ? Decision<TenantEvent>.Reject(Refusals.LastAdministrator)
            : new UserSaved(changed);
    }

    static Decision<TenantEvent> Delete(TenantState tenant, UserId id, long? ifMatch)
    {
        if (!tenant.Users.TryGetValue(id, out var old)) return Decision<TenantEvent>.Reject(Refusals.NoSuchUser, id.Value);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        return IsLastAdministrator(tenant, old) ? Decision<TenantEvent>.Reject(Refusals.LastAdministrator) : new UserDeleted(id);
    }

    static bool IsTaken(TenantState tenant, string login, UserId id) =>
        tenant.Users.Values.Any(user => user.Id != id && user.Login.Equals(login, StringComparison.OrdinalIgnoreCase));

    static bool IsAdministrator(User user) => user is { Role: UserRole.Administrator, Disabled: false };

    static bool IsLastAdministrator(TenantState tenant, User user) =>
        IsAdministrator(user) && !tenant.Users.Values.Any(other => other.Id != user.Id && IsAdministrator(other));
}
