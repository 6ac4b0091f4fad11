using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Routing;

/// <remarks>Voicemail: a scheme of one element of the call's own.</remarks>
public sealed partial class DialPlan
{
    /// <summary>Listens to the messages of the extension that dials it (PRODUCT §11).</summary>
    const string OwnMessages = "*9";

    const string Box = "voicemail";

    static readonly ElementId _voicemail = new(Box);

    /// <summary>What an extension with voicemail on does with a call that it does not take; null: nothing.</summary>
    static Route? InsteadOf(EndCause cause, Extension extension, CallerId caller)
    {
        if (!extension.Voicemail.On) return null;
        var route = ToVoicemail(extension.Number, caller, $"extension {extension.Number}: {cause.Code}, its voicemail takes the call");
        return route with { Next = (RouteStep.RunScheme)route.Next with { InsteadOf = cause } };
    }

    static Route ToVoicemail(ExtensionNumber extension, CallerId caller, string reason) =>
        Inline(Box, new VoicemailElement { Id = _voicemail, Extension = extension }, caller, reason);

    static Route ToMessages(TenantState tenant, Extension from) => tenant.Status is TenantStatus.Active
        ? Inline(
            Box, new VoicemailMenuElement { Id = _voicemail, Extension = from.Number, OwnPhone = true }, new CallerId(from.Number.Value, null),
            $"extension {from.Number} listens to its messages")
        : Route.Refuse(EndCause.NotAllowed, "the tenant is suspended: only emergency calls go");
}
