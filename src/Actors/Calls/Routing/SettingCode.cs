using System.Diagnostics.CodeAnalysis;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Routing;

/// <summary>
/// What an extension sets by dialling (PRODUCT §11): <c>*3</c> do-not-disturb, <c>*21*NR#</c> and <c>#21#</c> a forward and its end, 61 on no answer, 62 when
/// unreachable, 67 when busy. Phones that keep the last <c>#</c> for themselves are understood too.
/// </summary>
/// <param name="Command">What is asked of the tenant.</param>
/// <param name="Confirmation">What the caller hears when it is done.</param>
/// <param name="Meaning">For the timeline.</param>
public sealed record SettingCode(TenantCommand Command, SoundId Confirmation, string Meaning)
{
    const string DoNotDisturb = "*3";

    /// <summary>False for what is no such code. One without a number that can be dialled stands for nothing.</summary>
    public static bool TryRead(string dialled, Extension own, [NotNullWhen(true)] out SettingCode? code)
    {
        ArgumentNullException.ThrowIfNull(dialled);
        ArgumentNullException.ThrowIfNull(own);
        code = dialled is DoNotDisturb ? Toggle(own) : ReadForward(dialled.EndsWith('#') ? dialled[..^1] : dialled, own.Number);
        return code is not null;
    }

    static SettingCode Toggle(Extension own) => new(
        new TenantCommand.SetDoNotDisturb(own.Number, !own.DoNotDisturb),
        SoundId.OfPrompt(own.DoNotDisturb ? "do-not-disturb-off" : "do-not-disturb-on"),
        own.DoNotDisturb ? "do-not-disturb is switched off" : "do-not-disturb is switched on");

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
