using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Routing;

/// <summary><c>*5</c> parks whom it is transferred; <c>*5701</c>, or just <c>701</c>, takes up again who is parked there.</summary>
public static class ParkCode
{
    public const string Keys = "*5";

    /// <summary>Whether a transfer to this target parks; phones that send the last <c>#</c> are understood.</summary>
    public static bool Parks(string target) => target is Keys or Keys + "#";

    /// <summary>The place that is dialled, or null. An extension, queue or ring group with that number goes first.</summary>
    public static string? SlotOf(TenantState tenant, string keys)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(keys);
        var slot = keys.StartsWith(Keys, StringComparison.Ordinal) ? keys[Keys.Length..] : keys;
        return tenant.Settings.ParkSlots.Has(slot) && !(ExtensionNumber.TryParse(slot, out var number) && tenant.Has(number)) ? slot : null;
    }
}
