using TeleCube.Actors.Billing;

namespace TeleCube.Actors.Platform;

/// <summary>What an empty platform needs before a tenant can be made: the packages of the guide's §10 and a tariff.</summary>
public static class FirstStart
{
    public static readonly PackageId Premium = new("premium");

    /// <summary>To be told to <see cref="EntityKinds.Platform"/> in this order; each answers Accepted.</summary>
    public static IReadOnlyList<PlatformCommand> Commands() =>
    [
        new PlatformCommand.SaveTariff(DemoTariff.Create()),
        new PlatformCommand.SavePackage(new Package(new("mini"), "Mini")),
        new PlatformCommand.SavePackage(new Package(new("start"), "Start")),
        new PlatformCommand.SavePackage(new Package(new("biznes"), "Biznes") { IncludesRecording = true }),
        new PlatformCommand.SavePackage(new Package(Premium, "Premium") { IncludesRecording = true, IncludesConferences = true }),
        new PlatformCommand.SavePackage(new Package(new("elite"), "Elite") { IncludesRecording = true, IncludesConferences = true }),
    ];
}
