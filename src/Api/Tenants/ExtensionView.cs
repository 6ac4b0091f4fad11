using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Api.Tenants;

/// <summary>An extension as people see it; its password never leaves the exchange.</summary>
public sealed record ExtensionView(
    string Number, string SipUser, string Description, bool HasPassword, string? PresentedNumber, bool HidesNumber, bool DoNotDisturb,
    ForwardsView Forwards, bool CallWaiting, bool MayTransferByDtmf, IReadOnlyList<DestinationClass> AllowedDestinations, bool Recording,
    int RingSeconds, string? PickupGroup)
{
    internal static ExtensionView Of(TenantState tenant, Extension extension) => new(
        extension.Number.Value,
        tenant.SipUser(extension.Number),
        extension.Description,
        extension.Credentials is not null,
        extension.PresentedNumber?.Value,
        extension.HidesNumber,
        extension.DoNotDisturb,
        ForwardsView.Of(extension.Forwards),
        extension.CallWaiting,
        extension.MayTransferByDtmf is true,
        Destinations.Of(extension.Allowed),
        extension.Recording,
        (int)extension.RingTime.TotalSeconds,
        extension.PickupGroup);
}

/// <summary>Where an extension's calls go instead; null is the normal way.</summary>
public sealed record ForwardsView(string? Unconditional, string? Busy, string? NoAnswer, string? Unreachable)
{
    internal static ForwardsView Of(ExtensionForwards forwards) => new(
        forwards.Unconditional?.ToString(), forwards.Busy?.ToString(), forwards.NoAnswer?.ToString(), forwards.Unreachable?.ToString());
}

/// <summary>One registered phone.</summary>
public sealed record RegistrationView(
    string Contact, string? Received, string? UserAgent, string? InstanceId, decimal Preference, DateTimeOffset RegisteredAt, DateTimeOffset ExpiresAt)
{
    const decimal Thousand = 1000;

    internal static RegistrationView Of(RegistrationRow row) => new(
        row.Contact, row.Received, row.UserAgent, row.InstanceId, row.QThousandths / Thousand, row.RegisteredAt, row.ExpiresAt);
}
