using System.Text.Json;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Text;
using static TeleCube.Actors.Tests.Tenants.TenantSpec;

namespace TeleCube.Actors.Tests.Tenants;

/// <summary>Parking places and the numbers of extensions keep out of each other's way.</summary>
public sealed class ParkSlotRulesTests
{
    [Fact]
    public void A_parking_place_becomes_no_extension() =>
        Company().When(new TenantCommand.CreateExtension(new Extension(ExtensionNumber.Parse("701")))).ThenRejected(Refusals.NumberReserved);

    [Fact]
    public void A_range_over_numbers_that_somebody_has_is_refused() =>
        Company().When(Save(new ParkSlots("10", "20"))).ThenRejected(Refusals.NumberTaken);

    [Theory]
    [InlineData("799", "701")]
    [InlineData("70", "799")]
    [InlineData("x", "y")]
    public void A_range_that_is_none_is_refused(string first, string last) => Company().When(Save(new ParkSlots(first, last))).ThenRejected(Refusals.InvalidValue);

    [Fact]
    public void Another_range_makes_room_for_the_first() =>
        Company().Given(new TenantEvent.SettingsSaved(TenantSettings.Default with { ParkSlots = new ParkSlots("801", "810") }))
            .When(new TenantCommand.CreateExtension(new Extension(ExtensionNumber.Parse("701")))).ThenState(tenant => tenant.Extensions.ContainsKey(ExtensionNumber.Parse("701")));

    [Fact]
    public void Settings_of_before_there_was_parking_have_the_usual_places()
    {
        var saved = JsonSerializer.Deserialize("""{"settings":{"cdrRetention":"365.00:00:00","timelineRetention":"30.00:00:00","version":7}}""", DomainJson.Default.SettingsSaved)!;
        Assert.Equal((ParkSlots.Default, TimeSpan.FromMinutes(2)), (saved.Settings.ParkSlots, saved.Settings.ParkTimeout));
    }

    static TenantCommand.SaveSettings Save(ParkSlots slots) => new(TenantSettings.Default with { ParkSlots = slots });
}
