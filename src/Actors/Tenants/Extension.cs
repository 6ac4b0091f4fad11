using TeleCube.Actors.Numbers;
using TeleCube.Actors.Voicemail;

namespace TeleCube.Actors.Tenants;

/// <summary>An extension (Numer Wewnętrzny): what its phones may do and what happens to its calls (PRODUCT §1).</summary>
public sealed record Extension(ExtensionNumber Number)
{
    public string Description { get; init; } = "";

    /// <summary>Null until a password is set: nothing can register.</summary>
    public SipCredentials? Credentials { get; init; }

    /// <summary>
    /// The tenant's number that others see; null takes the tenant's default. Whatever the phone writes into From is ignored.
    /// </summary>
    public E164? PresentedNumber { get; init; }

    public bool HidesNumber { get; init; }

    public bool DoNotDisturb { get; init; }

    public ExtensionForwards Forwards { get; init; } = ExtensionForwards.None;

    public bool CallWaiting { get; init; } = true;

    /// <summary>Never null to a reader: extensions from before there were codes may, and a generated reader would make that false.</summary>
    public bool? MayTransferByDtmf { get => field ?? true; init; } = true;

    /// <summary>Who has the same may pick up its calls by <c>*8</c>; null: nobody by that.</summary>
    public string? PickupGroup { get; init; }

    public AllowedDestinations Allowed { get; init; } = AllowedDestinations.Default;

    public bool Recording { get; init; }

    // What an older state does not have comes as null: generated readers set every init property.
    public VoicemailSettings Voicemail { get; init => field = value ?? VoicemailSettings.Default; } = VoicemailSettings.Default;

    /// <summary>How long its phones ring before the call takes the no-answer way.</summary>
    public TimeSpan RingTime { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The tenant's revision that wrote it; its ETag.</summary>
    public long Version { get; init; }
}

/// <summary>Where an extension's calls go instead; null means that the case takes its normal way.</summary>
public sealed record ExtensionForwards(
    DialledNumber? Unconditional = null, DialledNumber? Busy = null, DialledNumber? NoAnswer = null, DialledNumber? Unreachable = null)
{
    public static readonly ExtensionForwards None = new();

    internal IEnumerable<DialledNumber> Targets =>
        new[] { Unconditional, Busy, NoAnswer, Unreachable }.OfType<DialledNumber>();
}
