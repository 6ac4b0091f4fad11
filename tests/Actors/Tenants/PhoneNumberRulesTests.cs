using TeleCube.Actors.Tenants;
using static TeleCube.Actors.Tests.Tenants.TenantSpec;

namespace TeleCube.Actors.Tests.Tenants;

/// <summary>PRODUCT §3: all rows at once, all or none.</summary>
public sealed class PhoneNumberRulesTests
{
    static readonly PhoneNumberRow _good = new(Landline, "Infolinia", "INFO ", new ForwardTarget.ToExtension(Ten));

    [Fact]
    public void All_rows_are_saved() => Company()
        .When(new TenantCommand.SavePhoneNumbers([_good, new(ReceiveOnly, "Fax", "", null)]))
        .ThenState(tenant => tenant.PhoneNumbers[Landline] is { Description: "Infolinia", ClipPrefix: "INFO ", ForwardTo: ForwardTarget.ToExtension }
            && tenant.PhoneNumbers[ReceiveOnly] is { Description: "Fax", ReceiveOnly: true });

    [Fact]
    public void Or_none_when_one_target_does_not_exist() => Company()
        .When(new TenantCommand.SavePhoneNumbers([_good, new(ReceiveOnly, "", "", new ForwardTarget.ToExternalNumber(new("nobody")))]))
        .ThenRejected(Refusals.NoSuchTarget);

    [Fact]
    public void Or_none_when_one_number_is_a_strangers() => Company()
        .When(new TenantCommand.SavePhoneNumbers([_good, new(Stranger, "", "", null)])).ThenRejected(Refusals.NoSuchPhoneNumber);

    [Fact]
    public void Or_none_when_one_row_is_stale() => Company()
        .When(new TenantCommand.SavePhoneNumbers([_good, new(ReceiveOnly, "x", "", null, IfMatch: 1)])).ThenRejected(Refusals.StaleVersion);

    [Fact]
    public void A_number_stands_in_one_row() =>
        Company().When(new TenantCommand.SavePhoneNumbers([_good, _good])).ThenRejected(Refusals.NumberTwice);

    [Fact]
    public void A_row_that_changes_nothing_keeps_its_version() => Company()
        .When(new TenantCommand.SavePhoneNumbers([_good, new(ReceiveOnly, "", "", null)]))
        .ThenState(tenant => tenant.PhoneNumbers[Landline].Version == 6 && tenant.PhoneNumbers[ReceiveOnly].Version == 3);

    [Fact]
    public void A_number_of_the_pool_comes_once()
    {
        Company().When(new TenantCommand.AdoptNumber(Stranger)).Then(new TenantEvent.PhoneNumberAdded(new PhoneNumber(Stranger)));
        Company().When(new TenantCommand.AdoptNumber(Landline)).Then();
    }

    [Fact]
    public void A_number_that_is_taken_back_is_presented_by_nobody() => Company()
        .Given(new TenantEvent.ExtensionSaved(new Extension(Ten) { PresentedNumber = Landline }),
            new TenantEvent.SettingsSaved(new TenantSettings { DefaultPresentedNumber = Landline }))
        .When(new TenantCommand.DropNumber(Landline))
        .ThenState(tenant => !tenant.PhoneNumbers.ContainsKey(Landline)
            && tenant.Extensions[Ten].PresentedNumber is null && tenant.Settings.DefaultPresentedNumber is null);

    [Fact]
    public void The_default_is_the_first_number_that_may_be_shown()
    {
        var tenant = Company().When(new TenantCommand.DropNumber(Stranger)).After;
        Assert.Equal(Landline, tenant.PresentedNumber(tenant.Extensions[Ten]));
        Assert.Null(tenant with { PhoneNumbers = tenant.PhoneNumbers.Remove(Landline) } is var left ? left.PresentedNumber(left.Extensions[Ten]) : null);
    }
}
