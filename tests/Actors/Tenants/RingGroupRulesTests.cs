using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using static TeleCube.Actors.Tests.Tenants.TenantSpec;

namespace TeleCube.Actors.Tests.Tenants;

/// <summary>Ring groups: a number of their own, members that are there.</summary>
public sealed class RingGroupRulesTests
{
    static readonly ExtensionNumber _number = ExtensionNumber.Parse("20");
    static readonly RingGroup _group = new(_number) { Name = "Biuro", Members = [Ten, Eleven], RingSeconds = 20, Rounds = 3 };

    [Fact]
    public void A_new_group_has_its_version() => Company()
        .When(new TenantCommand.CreateRingGroup(_group)).Then(new TenantEvent.RingGroupSaved(_group)).ThenState(tenant => tenant.RingGroups[_number].Version == tenant.Revision);

    [Theory]
    [InlineData("10", Refusals.NumberTaken)]
    [InlineData("118", Refusals.NumberReserved)]
    [InlineData("20", Refusals.RingGroupExists)]
    public void Its_number_is_free(string number, string code) => Company().Given(new TenantEvent.RingGroupSaved(_group))
        .When(new TenantCommand.CreateRingGroup(_group with { Number = ExtensionNumber.Parse(number) })).ThenRejected(code);

    [Fact]
    public void No_extension_takes_its_number() => Company().Given(new TenantEvent.RingGroupSaved(_group))
        .When(new TenantCommand.CreateExtension(new Extension(_number))).ThenRejected(Refusals.NumberTaken);

    [Fact]
    public void Its_members_are_there_once_each_and_ring_within_bounds()
    {
        var tenant = Company().When(new TenantCommand.CreateRingGroup(_group)).After;
        Assert.Equal(["members[1]"], Fields(_group with { Members = [Ten, ExtensionNumber.Parse("77")] }));
        Assert.Equal(["members"], Fields(_group with { Members = [Ten, Ten] }));
        Assert.Equal(["members"], Fields(_group with { Members = [] }));
        Assert.Equal(["ringSeconds", "rounds"], Fields(_group with { RingSeconds = 4, Rounds = 11 }));
        Company().When(new TenantCommand.CreateRingGroup(_group with { Members = [] })).ThenRejected(Refusals.InvalidValue);

        IEnumerable<string> Fields(RingGroup group) => RingGroupRules.Faults(group, tenant).Select(fault => fault.Field);
    }

    [Fact]
    public void Saving_what_stands_there_is_nothing_and_a_stale_version_is_refused()
    {
        var given = Company().Given(new TenantEvent.RingGroupSaved(_group));
        given.When(new TenantCommand.UpdateRingGroup(_group with { Members = [.. _group.Members] })).Then();
        given.When(new TenantCommand.UpdateRingGroup(_group with { Name = "x" }, IfMatch: 1)).ThenRejected(Refusals.StaleVersion);
        given.When(new TenantCommand.UpdateRingGroup(_group with { Members = [Eleven] })).ThenState(tenant => tenant.RingGroups[_number].Members.Length == 1);
    }

    [Fact]
    public void Nothing_is_deleted_under_what_leads_to_it()
    {
        var given = Company().Given(new TenantEvent.RingGroupSaved(_group));
        given.When(new TenantCommand.DeleteExtension(Ten)).ThenRejected(Refusals.ExtensionInUse);
        given.Given(new TenantEvent.PhoneNumbersSaved([new PhoneNumber(Landline) { ForwardTo = new ForwardTarget.ToRingGroup(_number) }]))
            .When(new TenantCommand.DeleteRingGroup(_number)).ThenRejected(Refusals.RingGroupInUse);
        given.Given(new TenantEvent.ExtensionSaved(new Extension(Eleven) { Forwards = new(Busy: Dialled("20")) }))
            .When(new TenantCommand.DeleteRingGroup(_number)).ThenRejected(Refusals.RingGroupInUse);
        given.When(new TenantCommand.DeleteRingGroup(_number)).Then(new TenantEvent.RingGroupDeleted(_number));
    }
}
