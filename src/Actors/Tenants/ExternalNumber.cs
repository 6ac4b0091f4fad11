using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Tenants;

/// <summary>A number outside the exchange to which calls may be forwarded (Numer Zewnętrzny, PRODUCT §2).</summary>
public sealed record ExternalNumber(ExternalNumberId Id, E164 Number)
{
    public string Description { get; init; } = "";

    /// <summary>Pressed after the number has answered and before it is connected.</summary>
    public DtmfSequence? DtmfSequence { get; init; }

    public ShortCode? ShortCode { get; init; }

    public NumberPresentation Presentation { get; init; } = NumberPresentation.Active;

    /// <summary>Może wykonywać transfer połączeń: it may transfer a call by keys.</summary>
    public bool MayTransfer { get; init; }

    /// <summary>A call that is forwarded to it is announced by an SMS with the caller's number.</summary>
    public bool SendsCallerBySms { get; init; }

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
public sealed record AcceptedPrice(string Destination, Price PerMinute, TariffId Tariff, int TariffVersion, string By, DateTimeOffset At)
{
    /// <summary>Of the SMS with the caller's number; null where the number takes none.</summary>
    public Price? PerSms { get; init; }
}
