using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>A party that a transfer or a parking place keeps: others are shown whom they will talk with, not who sent it on.</summary>
static class KeptParty
{
    /// <summary>What the company's own phones, queues and voicemail boxes see of it.</summary>
    public static CallerId Inside(CallState call, TenantState tenant, int number) => call[number] switch
    {
        { Party: Party.Phone(var own) } when ExtensionNumber.TryParse(own, out var extension) && tenant.Extensions.TryGetValue(extension, out var found) =>
            DialPlan.ShownInside(found),
        { Party: Party.Phone(var own) } => new CallerId(own, null),
        { Role: LegRole.Uac, Party: Party.Outside(_, var called) } => new CallerId(called, null),
        _ => E164.TryParse(call.DialledNumber, out var known) && tenant.PhoneNumbers.TryGetValue(known, out var dialled)
            ? DialPlan.Inside(dialled, Outside(call))
            : Outside(call),
    };

    /// <summary>Who called the company, as numbers outside may be shown it.</summary>
    public static CallerId Outside(CallState call)
    {
        var withheld = call.Caller == CallState.WithheldCaller;
        return new CallerId(withheld ? null : call.Caller, call.CallerName, withheld) { Fallback = call.DialledNumber };
    }
}
