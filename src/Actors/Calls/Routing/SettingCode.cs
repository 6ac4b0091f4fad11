using System.Diagnostics.CodeAnalysis;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Routing;

/// <summary>
/// What an extension sets by dialling (PRODUCT §11): <c>*3</c> do-not-disturb, <c>*21*NR#</c> and <c>#21#</c> a forward and its end, 61 on no answer, 62 when
/// unreachable, 67 when busy; <c>*7</c> and a switch's code day and night; <c>1000*1</c> and <c>1000*2</c> a place among a queue's consultants. Phones that
/// keep the last <c>#</c> for themselves are understood too.
/// </summary>
/// <param name="Command">What is asked: of the tenant (<see cref="TenantCommand"/>) or of its call distributor (<see cref="DistributorCommand"/>).</param>
/// <param name="Confirmation">What the caller hears when it is done.</param>
/// <param name="Meaning">For the timeline.</param>
public sealed record SettingCode(object Command, SoundId Confirmation, string Meaning)
{
    const string DoNotDisturb = "*3";
    const string Switch = "*7";

    /// <summary>Heard in place of the confirmation where the rules refuse it; null: the phone is told by the final response alone.</summary>
    public SoundId? Refusal { get; init; }

    /// <summary>False for what is no such code. One without a number that can be dialled, or for a switch that is not there, stands for nothing.</summary>
    public static bool TryRead(string dialled, TenantState tenant, Extension own, [NotNullWhen(true)] out SettingCode? code)
    {
        ArgumentNullException.ThrowIfNull(dialled);
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(own);
        var keys = dialled.EndsWith('#') ? dialled[..^1] : dialled;
        code = keys is DoNotDisturb ? Toggle(own) : ReadSwitch(keys, tenant) ?? ReadQueue(keys, own.Number) ?? ReadForward(keys, own.Number);
        return code is not null;
    }

    static SettingCode Toggle(Extension own) => new(
        new TenantCommand.SetDoNotDisturb(own.Number, !own.DoNotDisturb),
        SoundId.OfPrompt(own.DoNotDisturb ? "do-not-disturb-off" : "do-not-disturb-on"),
        own.DoNotDisturb ? "do-not-disturb is switched off" : "do-not-disturb is switched on");

    /// <summary>Without a code the switch that has an empty one, or the only one that a phone can turn.</summary>
    static SettingCode? ReadSwitch(string keys, TenantState tenant)
    {
        if (!keys.StartsWith(Switch, StringComparison.Ordinal)) return null;
        var coded = tenant.Switches.Values.Where(found => found.Code is not null).ToList();
        var found = coded.Find(found => found.Code == keys[Switch.Length..]) ?? (keys == Switch && coded.Count == 1 ? coded[0] : null);
        return found is null ? null : Turn(found);
    }

    static SettingCode Turn(ManualSwitch found) => new(
        new TenantCommand.SetSwitch(found.Id, !found.On),
        SoundId.OfPrompt(found.On ? "switch-day" : "switch-night"), $"switch {found.Id} is turned {(found.On ? "off" : "on")}");

    static SettingCode? ReadQueue(string keys, ExtensionNumber own)
    {
        if (keys is not [.., '*', '1' or '2'] || !ExtensionNumber.TryParse(keys[..^2], out var queue)) return null;
        var (consultant, refusal) = (ConsultantId.Of(own), SoundId.OfPrompt("agent-refused"));
        return keys[^1] == '1'
            ? new(new DistributorCommand.LogIn(queue, consultant), SoundId.OfPrompt("agent-logged-in"), $"logs in to queue {queue}") { Refusal = refusal }
            : new(new DistributorCommand.LogOut(queue, consultant), SoundId.OfPrompt("agent-logged-out"), $"logs out of queue {queue}") { Refusal = refusal };
    }

    static SettingCode? ReadForward(string keys, ExtensionNumber own)
    {
        if (keys.Length < 3 || CaseOf(keys[1..3]) is not { } which) return null;
        if (keys[0] == '#' && keys.Length == 3)
            return new(new TenantCommand.SetForward(own, which, null), SoundId.OfPrompt("forward-off"), $"the forward ({which}) is switched off");
        return keys is ['*', _, _, '*', ..] && DialledNumber.TryParse(keys[4..], out var target)
            ? new(new TenantCommand.SetForward(own, which, target), SoundId.OfPrompt("forward-on"), $"forwards ({which}) to {target.Masked}")
            : null;
    }

    static ForwardCase? CaseOf(string digits) => digits switch
    {
        "21" => ForwardCase.Unconditional,
        "61" => ForwardCase.NoAnswer,
        "62" => ForwardCase.Unreachable,
        "67" => ForwardCase.Busy,
        _ => null,
    };
}
