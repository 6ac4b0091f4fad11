using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using static TeleCube.Actors.Tests.Tenants.TenantSpec;

namespace TeleCube.Actors.Tests.Tenants;

/// <summary>PRODUCT §1: extensions.</summary>
public sealed class ExtensionRulesTests
{
    static readonly ExtensionNumber _twelve = ExtensionNumber.Parse("12");

    [Fact]
    public void A_new_extension_has_its_version() => Company()
        .When(new TenantCommand.CreateExtension(new Extension(_twelve) { Description = "Biuro" }))
        .Then(new TenantEvent.ExtensionSaved(new Extension(_twelve) { Description = "Biuro" }))
        .ThenState(tenant => tenant.Extensions[_twelve].Version == tenant.Revision);

    [Fact]
    public void Nothing_can_be_asked_of_a_tenant_that_is_not_there() =>
        Empty().When(new TenantCommand.CreateExtension(new Extension(_twelve))).ThenRejected(Refusals.NoSuchTenant);

    [Fact]
    public void Its_number_is_free() => Company().When(new TenantCommand.CreateExtension(new Extension(Ten))).ThenRejected(Refusals.ExtensionExists);

    [Fact]
    public void Its_number_is_not_reserved_by_the_plan() => Company()
        .When(new TenantCommand.CreateExtension(new Extension(ExtensionNumber.Parse("118")))).ThenRejected(Refusals.NumberReserved);

    [Fact]
    public void It_presents_only_numbers_of_the_tenant()
    {
        Company().When(new TenantCommand.CreateExtension(new Extension(_twelve) { PresentedNumber = Stranger })).ThenRejected(Refusals.NotOwnNumber);
        Company().When(new TenantCommand.CreateExtension(new Extension(_twelve) { PresentedNumber = ReceiveOnly })).ThenRejected(Refusals.NotOwnNumber);
        Company().When(new TenantCommand.CreateExtension(new Extension(_twelve) { PresentedNumber = Landline }))
            .ThenState(tenant => tenant.Extensions[_twelve].PresentedNumber == Landline);
    }

    [Theory]
    [InlineData("12", Refusals.ForwardsToItself)]
    [InlineData("77", Refusals.NoSuchTarget)]
    [InlineData("112", Refusals.EmergencyNotAllowed)]
    [InlineData("701234567", Refusals.DestinationNotAllowed)]
    [InlineData("+881612345678", Refusals.DestinationNotAllowed)]
    public void It_forwards_to_what_may_be_called(string target, string code) => Company()
        .When(new TenantCommand.CreateExtension(new Extension(_twelve) { Forwards = new(Busy: Dialled(target)) })).ThenRejected(code);

    [Fact]
    public void An_update_keeps_the_password()
    {
        var secret = SipCredentials.Of("firmaabcde_10", "telecube", "demo-10");
        Company().Given(new TenantEvent.ExtensionSaved(new Extension(Ten) { Credentials = secret }))
            .When(new TenantCommand.UpdateExtension(new Extension(Ten) { Description = "Sekretariat" }))
            .ThenState(tenant => tenant.Extensions[Ten].Credentials == secret && tenant.Extensions[Ten].Description == "Sekretariat");
    }

    [Fact]
    public void An_update_that_has_not_seen_the_latest_version_is_refused()
    {
        Company().When(new TenantCommand.UpdateExtension(new Extension(Ten) { Description = "x" }, IfMatch: 3)).ThenRejected(Refusals.StaleVersion);
        Company().When(new TenantCommand.UpdateExtension(new Extension(Ten) { Description = "x" }, IfMatch: 4)).ThenState(tenant => tenant.Revision == 6);
    }

    [Fact]
    public void An_update_that_changes_nothing_does_nothing() => Company().When(new TenantCommand.UpdateExtension(new Extension(Ten))).Then();

    [Fact]
    public void Forwards_are_switched_one_by_one() => Company()
        .Given(new TenantEvent.ExtensionSaved(new Extension(Ten) { Forwards = new(Busy: Dialled("11")) }))
        .When(new TenantCommand.SetForward(Ten, ForwardCase.NoAnswer, Dialled("501234567")))
        .ThenState(tenant => tenant.Extensions[Ten].Forwards == new ExtensionForwards(Busy: Dialled("11"), NoAnswer: Dialled("+48501234567")));

    [Fact]
    public void It_is_not_deleted_while_something_leads_to_it()
    {
        Company().Given(new TenantEvent.PhoneNumbersSaved([new PhoneNumber(Landline) { ForwardTo = new ForwardTarget.ToExtension(Ten) }]))
            .When(new TenantCommand.DeleteExtension(Ten)).ThenRejected(Refusals.ExtensionInUse);
        Company().Given(new TenantEvent.ExtensionSaved(new Extension(Eleven) { Forwards = new(Unconditional: Dialled("10")) }))
            .When(new TenantCommand.DeleteExtension(Ten)).ThenRejected(Refusals.ExtensionInUse);
        Company().When(new TenantCommand.DeleteExtension(Ten)).Then(new TenantEvent.ExtensionDeleted(Ten));
    }

    [Fact]
    public void Ha1_is_that_of_rfc_2617_and_8760()
    {
        // RFC 7616 §3.9.1's user and password.
        var credentials = SipCredentials.Of("Mufasa", "http-auth@example.org", "Circle of Life");
        Assert.Equal("3d78807defe7de2157e2b0b6573a855f", credentials.Md5);
        Assert.Equal("7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232", credentials.Sha256);
    }
}
