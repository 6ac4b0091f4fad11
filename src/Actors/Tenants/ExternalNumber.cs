using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Tenants;

/// <summary>A number outside the exchange to which calls may be forwarded (Numer Zewnętrzny, PRODUCT §2).</summary>
public sealed record ExternalNumber(ExternalNumberId Id, E164 Number)
{
    public string Description { get; init; } = "";

    public NumberPresentation Presentation { get; init; } = NumberPresentation.Active;

    /// <summary>The price that was shown and accepted before it was saved.</summary>
    public AcceptedPrice? Accepted { get; init; }

    public long Version { get; init; }
}

/// <summary>Which number the external phone shows.</summary>
public enum NumberPresentation
{
    /// <summary>Aktywna: the number that the caller dialled.</summary>
    Active,

    /// <summary>Pasywna: the caller's own number, where the law and the trunk allow it.</summary>
    Passive,
}

/// <summary>Who accepted which price per minute, by which tariff, and when.</summary>
public sealed record AcceptedPrice(string Destination, Price PerMinute, TariffId Tariff, int TariffVersion, string By, DateTimeOffset At);
