using TeleCube.Actors.Numbers;

namespace TeleCube.Api.Tenants;

/// <summary>The classes of numbers that an extension may dial, one by one.</summary>
public enum DestinationClass { National, Mobile, International, Premium, SocialService, DirectoryEnquiries, CityShort, Freephone, SharedCost }

/// <summary>Between the list that people see and the flags that the dial plan reads.</summary>
static class Destinations
{
    public static IReadOnlyList<DestinationClass> Of(AllowedDestinations allowed) =>
        [.. Enum.GetValues<DestinationClass>().Where(one => allowed.HasFlag(Flag(one)))];

    public static AllowedDestinations From(IEnumerable<DestinationClass> classes) =>
        classes.Aggregate(AllowedDestinations.None, (all, one) => all | Flag(one));

    static AllowedDestinations Flag(DestinationClass one) => Enum.Parse<AllowedDestinations>(one.ToString());
}
