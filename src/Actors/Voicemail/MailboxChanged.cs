using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Voicemail;

/// <summary>Published on the actor system's event stream when what lies in a box has changed durably, and when a box is read again after a restart.</summary>
public sealed record MailboxChanged(TenantId Tenant, ExtensionNumber Extension, MailboxCounts Counts);
