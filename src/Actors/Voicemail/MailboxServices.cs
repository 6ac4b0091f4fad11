using Microsoft.Extensions.Logging;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Voicemail;

/// <summary>What a box needs around it. <paramref name="IsRecording"/>: whether the recorder still writes to a file.</summary>
public sealed record MailboxServices(
    Mailboxes Mailboxes, ITenants Tenants, VoicemailAudio Audio, Func<string, bool> IsRecording,
    ShardRegion Region, TimeProvider Clock, ILogger<MailboxActor> Log);
