using System.Text.Json.Serialization;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Model;

/// <summary>What an extension sets by a code, in absolute terms, and the audit log's entry for it. A public format: it stands in the journal.</summary>
/// <param name="Extension">Whose it is.</param>
/// <param name="DoNotDisturb">On or off; null when a forward is set.</param>
/// <param name="Forward">Which forward; null when do-not-disturb is set.</param>
/// <param name="Target">Where it forwards to; null: no longer.</param>
/// <param name="Entry">Written with what it tells of.</param>
public sealed record CodeSetting(string Extension, bool? DoNotDisturb, ForwardCase? Forward, string? Target, AuditEntry Entry)
{
    public static CodeSetting Of(TenantCommand command, AuditEntry entry) => command switch
    {
        TenantCommand.SetDoNotDisturb(var number, var on) => new(number.Value, on, null, null, entry),
        TenantCommand.SetForward(var number, var which, var target) => new(number.Value, null, which, target?.ToString(), entry),
        _ => throw new ArgumentException("is set by no code", nameof(command)),
    };

    [JsonIgnore]
    public TenantCommand Command => Forward is { } which
        ? new TenantCommand.SetForward(ExtensionNumber.Parse(Extension), which, Target is not null && DialledNumber.TryParse(Target, out var target) ? target : null)
        : new TenantCommand.SetDoNotDisturb(ExtensionNumber.Parse(Extension), DoNotDisturb is true);
}
