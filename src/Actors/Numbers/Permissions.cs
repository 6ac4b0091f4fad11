namespace TeleCube.Actors.Numbers;

/// <summary>Which permission each class of number asks for.</summary>
public static class Permissions
{
    /// <summary>
    /// The permission, or null for a class that nobody may dial; <see cref="AllowedDestinations.None"/> for what everybody may.
    /// </summary>
    public static AllowedDestinations? Of(NumberClass @class) => @class switch
    {
        NumberClass.Emergency => AllowedDestinations.None,
        NumberClass.National or NumberClass.Voip or NumberClass.Corporate => AllowedDestinations.National,
        NumberClass.Mobile => AllowedDestinations.Mobile,
        NumberClass.International => AllowedDestinations.International,
        NumberClass.Premium or NumberClass.Satellite => AllowedDestinations.Premium,
        NumberClass.Freephone => AllowedDestinations.Freephone,
        NumberClass.SharedCost => AllowedDestinations.SharedCost,
        NumberClass.SocialService => AllowedDestinations.SocialService,
        NumberClass.DirectoryEnquiries => AllowedDestinations.DirectoryEnquiries,
        NumberClass.CityShort => AllowedDestinations.CityShort,
        _ => null,
    };

    public static bool Permits(this AllowedDestinations allowed, NumberClass @class) =>
        Of(@class) is { } needed && (allowed & needed) == needed;
}
