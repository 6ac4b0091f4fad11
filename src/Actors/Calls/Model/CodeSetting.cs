using System.Text.Json.Serialization;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Calls.Model;

/// <summary>What an extension sets by a code, in absolute terms, and the audit log's entry for it. A public format: it stands in the journal.</summary>
/// <param name="Extension">Who sets it.</param>
/// <param name="DoNotDisturb">On or off; null when something else is set.</param>
/// <param name="Forward">Which forward; null when something else is set.</param>
/// <param name="Target">Where it forwards to; null: no longer.</param>
/// <param name="Entry">Written with what it tells of.</param>
public sealed record CodeSetting(string Extension, bool? DoNotDisturb, ForwardCase? Forward, string? Target, AuditEntry Entry)
{
    /// <summary>The queue whose consultant the extension is from now on, or is no more.</summary>
    public string? Queue { get; init; }

    public string? Switch { get; init; }

    /// <summary>Of <see cref="Queue"/>: logged in. Of <see cref="Switch"/>: turned on.</summary>
    public bool On { get; init; }

    /// <summary>What the caller hears once it is done; null in calls that began before it was waited for.</summary>
    public SoundId? Confirmation { get; init; }

    /// <summary>What the caller hears if it is not done; null: the phone is told by the final response.</summary>
    public SoundId? Refusal { get; init; }

    /// <summary>For the timeline.</summary>
    public string? Meaning { get; init; }

    public static CodeSetting Of(string extension, object command, AuditEntry entry) => command switch
    {
        TenantCommand.SetDoNotDisturb(_, var on) => new(extension, on, null, null, entry),
        TenantCommand.SetForward(_, var which, var target) => new(extension, null, which, target?.ToString(), entry),
        TenantCommand.SetSwitch(var id, { } on) => new(extension, null, null, null, entry) { Switch = id.Value, On = on },
        DistributorCommand.LogIn(var queue, _) => new(extension, null, null, null, entry) { Queue = queue.Value, On = true },
        DistributorCommand.LogOut(var queue, _) => new(extension, null, null, null, entry) { Queue = queue.Value },
        _ => throw new ArgumentException("is set by no code", nameof(command)),
    };

    [JsonIgnore]
    public object Command => this switch
    {
        { Queue: { } queue, On: true } => new DistributorCommand.LogIn(ExtensionNumber.Parse(queue), ConsultantId.Parse(Extension)),
        { Queue: { } queue } => new DistributorCommand.LogOut(ExtensionNumber.Parse(queue), ConsultantId.Parse(Extension)),
        { Switch: { } id } => new TenantCommand.SetSwitch(new SwitchId(id), On),
        { Forward: { } which } =>
            new TenantCommand.SetForward(
                ExtensionNumber.Parse(Extension), which, Target is not null && DialledNumber.TryParse(Target, out var target) ? target : null),
        _ => new TenantCommand.SetDoNotDisturb(ExtensionNumber.Parse(Extension), DoNotDisturb is true),
    };

    /// <summary>Whom the command is for.</summary>
    public EntityId To(TenantId tenant) => Queue is null ? EntityKinds.Tenant(tenant) : DistributorEntity.Of(tenant);
}
