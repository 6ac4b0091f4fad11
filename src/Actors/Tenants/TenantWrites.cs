using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using static TeleCube.Actors.Tenants.TenantEvent;
using static TeleCube.Kernel.Persistence.StoreWrite;

namespace TeleCube.Actors.Tenants;

/// <summary>The directory keys that a tenant claims and releases with its events.</summary>
static class TenantWrites
{
    public static IEnumerable<StoreWrite> Of(TenantState before, TenantEvent happened, TenantState after)
    {
        var id = after.Id;
        return happened switch
        {
            Adopted when before.Status == TenantStatus.None =>
                [new Claim(DirectoryKinds.Login, after.LoginPrefix, id), new Remember(EntityKinds.Tenant(id))],
            ExtensionSaved(var extension) => [new Claim(DirectoryKinds.SipUser, after.SipUser(extension.Number), id)],
            ExtensionDeleted(var number) => [new Release(DirectoryKinds.SipUser, after.SipUser(number), id)],
            PhoneNumberAdded(var number) => [new Claim(DirectoryKinds.PhoneNumber, number.Number.Value, id)],
            PhoneNumberRemoved(var number) => [new Release(DirectoryKinds.PhoneNumber, number.Value, id)],
            UserSaved(var user) => Rename(before.Users.GetValueOrDefault(user.Id)?.Login, user.Login, id),
            UserDeleted(var user) => Rename(before.Users.GetValueOrDefault(user)?.Login, null, id),
            _ => [],
        };
    }

    static IEnumerable<StoreWrite> Rename(string? from, string? to, TenantId id)
    {
        var (old, key) = (from is null ? null : DirectoryKinds.UserLoginKey(from), to is null ? null : DirectoryKinds.UserLoginKey(to));
        if (old is not null && old != key) yield return new Release(DirectoryKinds.UserLogin, old, id);
        if (key is not null && old != key) yield return new Claim(DirectoryKinds.UserLogin, key, id);
    }
}
