using TeleCube.Actors.Billing;

namespace TeleCube.Actors.Sms;

/// <summary>One SMS that the exchange sends for a tenant, and what it costs by the tariff of that moment.</summary>
public sealed record OutgoingSms(string Id, string Tenant, string To, string Text)
{
    /// <summary>The call that it tells of.</summary>
    public string? Call { get; init; }

    /// <summary>The scheme that wanted it; null for others. These are counted against the limits of <see cref="SmsLedger"/>.</summary>
    public string? Scheme { get; init; }

    public required Price Price { get; init; }
}
