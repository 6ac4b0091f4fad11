using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// What deciding may look at besides the call itself: snapshots, the seams of ids and ports, and settings. Nothing here waits.
/// </summary>
public sealed record CallWorld(
    ITenants Tenants, DialPlan Plan, IRoutingView View, IPhoneRegistry Phones, ICarriers Carriers, IStreams Streams, CallSip Sip, ISounds Sounds,
    IQueues Queues, CallOptions Options)
{
    public IMailboxes Mailboxes { get; init; } = NoMailboxes.Instance;

    /// <summary>Of the SMS of schemes. It counts, and is shared by all calls.</summary>
    public SmsGate Sms { get; init; } = new(new SmsLedger(SmsLimits.Default));

    /// <summary>
    /// A prompt as the tenant's callers hear it: its own words, or the exchange's; null if there is none. Nobody's calls hear the exchange's.
    /// </summary>
    public PlaySource? Prompt(TenantId tenant, string name) =>
        Tenants.Find(tenant) is { } found ? Sounds.Find(found, SoundId.OfPrompt(name)) : Options.Prompts.GetValueOrDefault(name);

    /// <summary>
    /// What whoever is held hears, over and over: the tenant's own music, or the exchange's (also where a class is gone); without either a beep.
    /// </summary>
    public PlaySource MusicOnHold(TenantId tenant)
    {
        var own = Tenants.Find(tenant) is { Settings.MusicOnHold: { } chosen } found ? Sounds.Find(found, chosen) as PlaySource.Files : null;
        if (own is null && Options.MusicOnHold.Count > 0) own = new PlaySource.Files(Options.MusicOnHold);
        return own is null ? new PlaySource.Tone(ToneKind.Beep) : own.AsMusic();
    }
}
