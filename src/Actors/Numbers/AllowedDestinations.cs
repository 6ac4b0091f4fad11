namespace TeleCube.Actors.Numbers;

/// <summary>
/// Which classes of numbers an extension may dial; emergency numbers are never asked for. Premium is off by default (PRODUCT §1).
/// </summary>
[Flags]
public enum AllowedDestinations
{
    None = 0,
    National = 1,
    Mobile = 2,
    International = 4,

    /// <summary>70x, 30x, international premium, satellite.</summary>
    Premium = 8,
    SocialService = 16,
    DirectoryEnquiries = 32,
    CityShort = 64,
    Freephone = 128,
    SharedCost = 256,
    Default = National | Mobile | International | SocialService | DirectoryEnquiries | CityShort | Freephone | SharedCost,
    All = Default | Premium,
}
