using TeleCube.Actors.Billing;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Operator;

/// <summary>What the operator decides about a tenant.</summary>
public record TenantInput
{
    const int MaxName = 100;
    const string DefaultTimeZone = "Europe/Warsaw";

    public string? Name { get; init; }

    public string? Package { get; init; }

    public string? Tariff { get; init; }

    /// <summary>An IANA name; without it, Europe/Warsaw.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Active or suspended; closing is DELETE.</summary>
    public TenantStatus? Status { get; init; }

    internal TenantProfile ToProfile(TenantId id, string loginPrefix, Faults faults)
    {
        if (Status is TenantStatus.None or TenantStatus.Closed) faults.Add("status", "must be active or suspended");
        var zone = TimeZone ?? DefaultTimeZone;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) faults.Add("timeZone", "is not a known IANA time zone");
        return new TenantProfile(
            id, faults.Required("name", Name, MaxName), loginPrefix, zone, new PackageId(faults.Identifier("package", Package)),
            new TariffId(faults.Identifier("tariff", Tariff)), Status ?? TenantStatus.Active, 0);
    }
}

/// <summary>A new tenant; its login prefix is its id unless another is given.</summary>
public sealed record NewTenantInput : TenantInput
{
    public string? Id { get; init; }

    /// <summary>Before the <c>_</c> of every SIP login.</summary>
    public string? LoginPrefix { get; init; }

    internal TenantProfile ToProfile(Faults faults)
    {
        var id = faults.Identifier("id", Id);
        return ToProfile(new TenantId(id), LoginPrefix is null ? id : faults.Identifier("loginPrefix", LoginPrefix), faults);
    }
}
