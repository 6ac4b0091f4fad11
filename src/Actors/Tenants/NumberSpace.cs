using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tenants;

/// <summary>The 2 to 4 digits that extensions, queues and ring groups of one company share (PRODUCT §1).</summary>
static class NumberSpace
{
    /// <summary>Why nothing new can have the number; <paramref name="exists"/> is the code for one of the same kind.</summary>
    public static Rejection? Fault(TenantState tenant, ExtensionNumber number, INumberInfo plan, string exists)
    {
        if (plan.IsReservedInternally(number)) return new Rejection(Refusals.NumberReserved, number.Value);
        if (tenant.HolderOf(number) is not { } holder)
            return tenant.Settings.ParkSlots.Has(number.Value) ? new Rejection(Refusals.NumberReserved, $"{number} is a parking place") : null;
        return new Rejection(holder.Code == exists ? exists : Refusals.NumberTaken, holder.Text);
    }

    /// <summary>Whether somebody can be dialled there.</summary>
    public static bool Has(this TenantState tenant, ExtensionNumber number) => tenant.HolderOf(number) is not null;

    static (string Code, string Text)? HolderOf(this TenantState tenant, ExtensionNumber number) =>
        tenant.Extensions.ContainsKey(number) ? (Refusals.ExtensionExists, $"extension {number}")
        : tenant.Queues.ContainsKey(number) ? (Refusals.QueueExists, $"queue {number}")
        : tenant.RingGroups.ContainsKey(number) ? (Refusals.RingGroupExists, $"ring group {number}")
        : null;

    /// <summary>What of the company still leads to the number, as a refusal names it; null: nothing that is not a scheme.</summary>
    public static string? UserOf(this TenantState tenant, ExtensionNumber number, ForwardTarget target)
    {
        var byNumber = tenant.PhoneNumbers.Values.FirstOrDefault(phone => phone.ForwardTo == target);
        if (byNumber is not null) return byNumber.Number.Value;
        var dialled = new DialledNumber.Internal(number);
        return tenant.Extensions.Values.FirstOrDefault(other => other.Number != number && other.Forwards.Targets.Contains(dialled))?.Number.Value;
    }
}
