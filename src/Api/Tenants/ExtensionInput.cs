using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;

namespace TeleCube.Api.Tenants;

/// <summary>All settings of an extension but its password; what is left out gets its default.</summary>
public record ExtensionInput
{
    const int MaxDescription = 100;
    const int MaxPickupGroup = 40;
    const int MaxRingSeconds = 180;
    const int DefaultRingSeconds = 45;

    public string? Description { get; init; }

    /// <summary>One of the tenant's own numbers; without it, the tenant's default.</summary>
    public string? PresentedNumber { get; init; }

    public bool HidesNumber { get; init; }

    public bool DoNotDisturb { get; init; }

    public ForwardsInput? Forwards { get; init; }

    public bool CallWaiting { get; init; } = true;

    public bool MayTransferByDtmf { get; init; } = true;

    /// <summary>Extensions with the same word pick up each other's calls by *8; without it only ring groups do.</summary>
    public string? PickupGroup { get; init; }

    /// <summary>Without it, all but premium.</summary>
    public IReadOnlyList<DestinationClass>? AllowedDestinations { get; init; }

    public bool Recording { get; init; }

    /// <summary>How long its phones ring, 5 to 180.</summary>
    public int? RingSeconds { get; init; }

    internal Extension ToExtension(ExtensionNumber number, Faults faults) => new(number)
    {
        Description = faults.Optional("description", Description, MaxDescription),
        PresentedNumber = faults.Number("presentedNumber", PresentedNumber),
        HidesNumber = HidesNumber,
        DoNotDisturb = DoNotDisturb,
        Forwards = Forwards?.ToForwards(faults) ?? ExtensionForwards.None,
        CallWaiting = CallWaiting,
        MayTransferByDtmf = MayTransferByDtmf,
        PickupGroup = faults.Optional("pickupGroup", PickupGroup, MaxPickupGroup) is { Length: > 0 } group ? group : null,
        Allowed = AllowedDestinations is null ? Actors.Numbers.AllowedDestinations.Default : Destinations.From(AllowedDestinations),
        Recording = Recording,
        RingTime = TimeSpan.FromSeconds(faults.Within("ringSeconds", RingSeconds, 5, MaxRingSeconds, DefaultRingSeconds)),
    };
}

/// <summary>Each target is an extension or a number, as people dial it.</summary>
public sealed record ForwardsInput
{
    public string? Unconditional { get; init; }

    public string? Busy { get; init; }

    public string? NoAnswer { get; init; }

    public string? Unreachable { get; init; }

    internal ExtensionForwards ToForwards(Faults faults) => new(
        faults.Dialled("forwards.unconditional", Unconditional),
        faults.Dialled("forwards.busy", Busy),
        faults.Dialled("forwards.noAnswer", NoAnswer),
        faults.Dialled("forwards.unreachable", Unreachable));
}
