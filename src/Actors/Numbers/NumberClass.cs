namespace TeleCube.Actors.Numbers;

/// <summary>What kind of number it is: decides whether it may be dialled and which tariff rows speak of it.</summary>
public enum NumberClass
{
    /// <summary>Not assigned to anything by the numbering plan.</summary>
    Unknown,
    Emergency,

    /// <summary>A Polish geographic number.</summary>
    National,
    Mobile,

    /// <summary>A Polish nomadic (VoIP) number, 39.</summary>
    Voip,

    /// <summary>Polish corporate and government networks (26, 47).</summary>
    Corporate,
    International,

    /// <summary>70x, 30x and their like abroad.</summary>
    Premium,
    Satellite,

    /// <summary>800.</summary>
    Freephone,

    /// <summary>801, 804.</summary>
    SharedCost,

    /// <summary>116 xxx, harmonised in Europe.</summary>
    SocialService,

    /// <summary>118 xxx, directory enquiries.</summary>
    DirectoryEnquiries,

    /// <summary>19 xxx, a city's or a company's short number.</summary>
    CityShort,

    /// <summary>Reserved by the plan: not to be dialled and not to be assigned.</summary>
    Reserved,
}
