using System.Diagnostics;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Tenants.TenantCommand;
using static TeleCube.Actors.Tenants.TenantEvent;

namespace TeleCube.Actors.Tenants;

/// <summary>Numery Wewnętrzne: one number space, own presented numbers only, forwards that lead somewhere (PRODUCT §1).</summary>
static class ExtensionRules
{
    public static Decision<TenantEvent> Decide(TenantState tenant, TenantCommand command, TenantContext context) => command switch
    {
        CreateExtension(var extension) => Create(tenant, extension, context),
        UpdateExtension(var extension, var ifMatch) => Change(tenant, extension.Number, ifMatch, context, old => extension with
        {
            Credentials = old.Credentials,
            Voicemail = old.Voicemail,
            Version = old.Version,
        }),
        SetVoicemail set => Change(tenant, set.Number, set.IfMatch, context, old => old with
        {
            Voicemail = set.Settings with
            {
                Pin = set.KeepPin ? old.Voicemail.Pin : set.Settings.Pin,
                WebhookSecret = set.KeepSecret ? old.Voicemail.WebhookSecret : set.Settings.WebhookSecret,
            },
        }),
        SetExtensionPassword(var number, var credentials) => Change(tenant, number, null, context, old => old with { Credentials = credentials }),
        SetDoNotDisturb(var number, var on) => Change(tenant, number, null, context, old => old with { DoNotDisturb = on }),
        SetForward(var number, var which, var target) => Change(tenant, number, null, context, old => old with
        {
            Forwards = With(old.Forwards, which, target),
        }),
        DeleteExtension(var number, var ifMatch) => Delete(tenant, number, ifMatch),
        _ => throw new UnreachableException($"{command.GetType().Name} is no extension's command"),
    };

    static Decision<TenantEvent> Create(TenantState tenant, Extension extension, TenantContext context)
    {
        if (NumberSpace.Fault(tenant, extension.Number, context.Plan, Refusals.ExtensionExists) is { } taken) return taken;
        return Fault(tenant, extension, context) is { } fault ? fault : new ExtensionSaved(extension);
    }

    static Decision<TenantEvent> Change(
        TenantState tenant, ExtensionNumber number, long? ifMatch, TenantContext context, Func<Extension, Extension> change)
    {
        if (!tenant.Extensions.TryGetValue(number, out var old)) return Decision<TenantEvent>.Reject(Refusals.NoSuchExtension, number.Value);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        var changed = change(old);
        if (changed == old) return Decision<TenantEvent>.Nothing;
        return Fault(tenant, changed, context) is { } fault ? fault : new ExtensionSaved(changed);
    }

    static Decision<TenantEvent> Delete(TenantState tenant, ExtensionNumber number, long? ifMatch)
    {
        if (!tenant.Extensions.TryGetValue(number, out var old)) return Decision<TenantEvent>.Reject(Refusals.NoSuchExtension, number.Value);
        if (Versions.Check(ifMatch, old.Version) is { } stale) return stale;
        return UserOf(tenant, number) is { } user
            ? Decision<TenantEvent>.Reject(Refusals.ExtensionInUse, user)
            : new ExtensionDeleted(number);
    }

    /// <summary>Who still leads to the extension; deleting it under them would drop calls silently.</summary>
    static string? UserOf(TenantState tenant, ExtensionNumber number) =>
        tenant.UserOf(number, new ForwardTarget.ToExtension(number)) ?? tenant.UserOf(number, new ForwardTarget.ToVoicemail(number))
        ?? QueueUses.OfConsultant(tenant, ConsultantId.Of(number)) ?? RingGroupRules.UserOf(tenant, number)
        ?? SchemeUses.Of(tenant, need => need is ElementNeed.Extension(_, var needed) && needed == number);

    static Rejection? Fault(TenantState tenant, Extension extension, TenantContext context)
    {
        if (extension.PresentedNumber is { } shown && !IsPresentable(tenant, shown)) return new Rejection(Refusals.NotOwnNumber, shown.Value);
        if (extension.Voicemail.Greeting is { } greeting && !tenant.Announcements.ContainsKey(greeting))
            return new Rejection(Refusals.NoSuchAnnouncement, greeting.Value);
        return extension.Forwards.Targets.Select(target => ForwardFault(tenant, extension, target, context)).OfType<Rejection>().FirstOrDefault();
    }

    static bool IsPresentable(TenantState tenant, E164 number) =>
        tenant.PhoneNumbers.TryGetValue(number, out var own) && !own.ReceiveOnly;

    static Rejection? ForwardFault(TenantState tenant, Extension extension, DialledNumber target, TenantContext context)
    {
        var text = target.ToString();
        if (target is DialledNumber.Internal(var other))
        {
            if (other == extension.Number) return new Rejection(Refusals.ForwardsToItself, text);
            return tenant.Has(other) ? null : new Rejection(Refusals.NoSuchTarget, text);
        }

        if (target is DialledNumber.Emergency) return new Rejection(Refusals.EmergencyNotAllowed, text);
        return extension.Allowed.Permits(context.Plan.Of(target).Class) ? null : new Rejection(Refusals.DestinationNotAllowed, text);
    }

    static ExtensionForwards With(ExtensionForwards forwards, ForwardCase which, DialledNumber? target) => which switch
    {
        ForwardCase.Unconditional => forwards with { Unconditional = target },
        ForwardCase.Busy => forwards with { Busy = target },
        ForwardCase.NoAnswer => forwards with { NoAnswer = target },
        _ => forwards with { Unreachable = target },
    };
}
