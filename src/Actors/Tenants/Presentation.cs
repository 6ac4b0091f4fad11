using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Tenants;

/// <summary>Which of the tenant's numbers others see.</summary>
public static class Presentation
{
    /// <summary>The number that an extension shows, whether or not it is hidden; null if the tenant has none that may be shown.</summary>
    public static E164? PresentedNumber(this TenantState tenant, Extension extension) =>
        tenant.Presentable(extension.PresentedNumber) ?? tenant.DefaultNumber();

    public static E164? DefaultNumber(this TenantState tenant) =>
        tenant.Presentable(tenant.Settings.DefaultPresentedNumber)
        ?? tenant.PhoneNumbers.Values.FirstOrDefault(number => !number.ReceiveOnly)?.Number;

    /// <summary>Emergency calls show a geographic number, so that the call reaches the centre of the place (PRODUCT §11).</summary>
    public static E164? EmergencyNumberToShow(this TenantState tenant, Extension? extension, INumberInfo plan)
    {
        E164?[] preferred = [extension?.PresentedNumber, tenant.Settings.EmergencyPresentedNumber, tenant.Settings.DefaultPresentedNumber];
        var candidates = preferred.OfType<E164>().Concat(tenant.PhoneNumbers.Keys).Where(number => tenant.PhoneNumbers.ContainsKey(number)).ToList();
        var geographic = candidates.Where(number => plan.Of(number).Class == NumberClass.National).Select(number => (E164?)number);
        return geographic.FirstOrDefault() ?? candidates.Select(number => (E164?)number).FirstOrDefault();
    }

    static E164? Presentable(this TenantState tenant, E164? number) =>
        number is { } own && tenant.PhoneNumbers.TryGetValue(own, out var phone) && !phone.ReceiveOnly ? own : null;
}
