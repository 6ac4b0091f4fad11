using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Sharding;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Platform;

/// <summary>What the operator may do, and how numbers change hands.</summary>
public sealed class PlatformRulesTests
{
    static readonly TenantId _a = new("a");
    static readonly TenantId _b = new("b");
    static readonly E164 _number = E164.Parse("+48943401128");
    static readonly TariffId _tariff = new("standard");
    static readonly PackageId _package = new("premium");
    static readonly TrunkConfig _trunk = new(new("carrier"), "192.0.2.1");

    static Spec<PlatformState, PlatformCommand, PlatformEvent> Empty() =>
        new(PlatformState.Initial, PlatformRules.Decide, PlatformRules.Apply);

    static Spec<PlatformState, PlatformCommand, PlatformEvent> TwoTenants() => Empty().Given(
        new PlatformEvent.TariffSaved(new Tariff(_tariff, "Standard", 1)),
        new PlatformEvent.PackageSaved(new Package(_package, "Premium")),
        new PlatformEvent.TenantSaved(Profile(_a)),
        new PlatformEvent.TenantSaved(Profile(_b)));

    static TenantProfile Profile(TenantId id) => new(id, id.Value, id.Value, "Europe/Warsaw", _package, _tariff, TenantStatus.Active, 0);

    [Fact]
    public void A_tenant_needs_a_package_a_tariff_and_a_time_zone_that_exist()
    {
        Empty().When(new PlatformCommand.CreateTenant(Profile(_a))).ThenRejected(Refusals.NoSuchPackage);
        TwoTenants().When(new PlatformCommand.CreateTenant(Profile(new("c")) with { Tariff = new("x") })).ThenRejected(Refusals.NoSuchTariff);
        TwoTenants().When(new PlatformCommand.CreateTenant(Profile(new("c")) with { TimeZone = "Mars/Base" })).ThenRejected(Refusals.InvalidValue);
        TwoTenants().When(new PlatformCommand.CreateTenant(Profile(new("c")))).ThenState(platform => platform.Tenant(new("c")) is { Version: 5 });
    }

    [Fact]
    public void Ids_and_login_prefixes_are_unique()
    {
        TwoTenants().When(new PlatformCommand.CreateTenant(Profile(_a))).ThenRejected(Refusals.TenantExists);
        TwoTenants().When(new PlatformCommand.CreateTenant(Profile(new("c")) with { LoginPrefix = "a" })).ThenRejected(Refusals.LoginPrefixTaken);
        TwoTenants().When(new PlatformCommand.UpdateTenant(Profile(_a) with { LoginPrefix = "z" })).ThenRejected(Refusals.ImmutableField);
    }

    [Fact]
    public void A_profile_is_delivered_once_its_own_version_is_confirmed()
    {
        TwoTenants().When(new PlatformCommand.ConfirmTenant(_a, 2)).Then();
        TwoTenants().When(new PlatformCommand.ConfirmTenant(_a, 3)).Then(new PlatformEvent.TenantDelivered(_a));
        TwoTenants().Given(new PlatformEvent.TenantDelivered(_a)).When(new PlatformCommand.UpdateTenant(Profile(_a) with { Name = "A" }, IfMatch: 3))
            .ThenState(platform => platform.Tenants["a"] is { Delivered: false, Profile.Version: 6 });
    }

    [Fact]
    public void A_number_has_one_holder()
    {
        var assigned = TwoTenants().When(new PlatformCommand.AssignNumber(_number, _a))
            .Then(new PlatformEvent.NumberSaved(new PoolNumber(_number, _a, Delivered: false)));
        Assert.Equal(_a, assigned.After.HolderOf(_number));
        var held = TwoTenants().Given(new PlatformEvent.NumberSaved(new PoolNumber(_number, _a)));
        held.When(new PlatformCommand.AssignNumber(_number, _b)).ThenRejected(Refusals.NumberAssigned);
        held.When(new PlatformCommand.AssignNumber(_number, _a)).Then();
        held.When(new PlatformCommand.RemoveNumber(_number)).ThenRejected(Refusals.NumberAssigned);
    }

    [Fact]
    public void A_number_goes_to_another_only_after_the_former_holder_has_let_go()
    {
        var released = TwoTenants().Given(new PlatformEvent.NumberSaved(new PoolNumber(_number, _a)),
            new PlatformEvent.NumberSaved(new PoolNumber(_number, Dropping: _a)));
        released.When(new PlatformCommand.AssignNumber(_number, _b)).ThenRejected(Refusals.NumberBeingReleased);
        released.When(new PlatformCommand.AssignNumber(_number, _a)).ThenState(platform => platform.HolderOf(_number) == _a);
        released.When(new PlatformCommand.ConfirmNumber(_number, _b, Taken: false)).Then();
        released.When(new PlatformCommand.ConfirmNumber(_number, _a, Taken: false)).Then(
            new PlatformEvent.NumberSaved(new PoolNumber(_number, Version: 6)));
    }

    [Fact]
    public void A_delivery_does_not_change_the_version_that_the_operator_saw() => TwoTenants()
        .Given(new PlatformEvent.NumberSaved(new PoolNumber(_number, _a, Delivered: false)))
        .When(new PlatformCommand.ConfirmNumber(_number, _a, Taken: true))
        .ThenState(platform => platform.Numbers[_number] is { Delivered: true, Version: 5 });

    [Fact]
    public void Closing_a_tenant_takes_its_numbers_back() => TwoTenants()
        .Given(new PlatformEvent.NumberSaved(new PoolNumber(_number, _a)))
        .When(new PlatformCommand.CloseTenant(_a))
        .ThenState(platform => platform.Tenant(_a)?.Status == TenantStatus.Closed && platform.Numbers[_number] is { Tenant: null, Dropping: { } former } && former == _a);

    [Fact]
    public void Every_change_of_a_tariff_is_a_new_version()
    {
        TwoTenants().When(new PlatformCommand.SaveTariff(new Tariff(_tariff, "Standard", 99))).ThenState(platform => platform.Tariffs[_tariff].Version == 2);
        TwoTenants().When(new PlatformCommand.SaveTariff(new Tariff(_tariff, "Standard", 1), IfMatch: 7)).ThenRejected(Refusals.StaleVersion);
        TwoTenants().When(new PlatformCommand.DeleteTariff(_tariff)).ThenRejected(Refusals.TariffInUse);
    }

    [Fact]
    public void A_trunk_is_checked_before_it_is_saved()
    {
        Empty().When(new PlatformCommand.SaveTrunk(_trunk, Create: true)).Then(new PlatformEvent.TrunkSaved(_trunk));
        Empty().When(new PlatformCommand.SaveTrunk(_trunk)).ThenRejected(Refusals.NoSuchTrunk);
        Empty().Given(new PlatformEvent.TrunkSaved(_trunk)).When(new PlatformCommand.SaveTrunk(_trunk, Create: true)).ThenRejected(Refusals.TrunkExists);
        TrunkConfig[] wrong =
        [
            _trunk with { Host = " " }, _trunk with { Port = 0 }, _trunk with { ChannelLimit = 0 }, _trunk with { AllowedSources = ["192.0.2.0/33"] },
            _trunk with { Routing = new() { Prefixes = ["+48"] } }, _trunk with { Routing = new() { FailoverCodes = [200] } },
        ];
        foreach (var trunk in wrong) Empty().When(new PlatformCommand.SaveTrunk(trunk, Create: true)).ThenRejected(Refusals.InvalidValue);
    }
}
