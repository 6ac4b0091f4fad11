using Microsoft.Extensions.Logging;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Ingress;

/// <summary>
/// An INVITE that begins a call: from a trunk by its address, from another tenant by our own
/// proof, from a phone by its password. Nobody else gets a call.
/// </summary>
public sealed class FirstInvites(
    ShardRegion region, ITenants tenants, TrunkGate trunks, PhoneAuthenticator phones, OnNet onNet, CallIds ids, OpenInvites open,
    AdmissionControl admission, FirstRefusals refusals, ISignalling signalling, ILogger<FirstInvites> log)
{
    /// <summary>An INVITE that <paramref name="takesOver"/> a call which runs here is that call's going on: it is let in when new calls are not.</summary>
    public void Received(ServerTransactionId transaction, SipRequest invite, SipFlow flow, bool takesOver = false)
    {
        var emergency = EmergencyCall.IsBegunBy(invite);
        if (!emergency && !takesOver && admission.WhyNot() is { } why) refusals.Busy(transaction, invite, why);
        // Before the password, which else would be told from a wrong one by this answer, without a call that anybody notices.
        else if (emergency && OfferCheck.Refusal(invite, forHelp: true) is { } fault) refusals.Faulty(transaction, invite, fault);
        else if (onNet.Proves(invite.CallId, invite.Headers.First(OnNet.Header), invite.Headers.First(OnNet.CallerHeader))) FromTrunk(transaction, invite, flow, OnNet.Trunk);
        // A trunk is known by its address, at which an office may have its phones too: they say who they are, and whoever calls for help is asked.
        else if (!emergency && !phones.IsFromPhone(invite) && trunks.Identify(invite, flow) is { } trunk) Admit(transaction, invite, flow, trunk);
        else FromPhone(transaction, invite, flow, emergency);
    }

    void FromPhone(ServerTransactionId transaction, SipRequest invite, SipFlow flow, bool emergency)
    {
        switch (phones.Check(invite, flow, challenge: 407, emergency))
        {
            case PhoneAuthentication.Known(var tenant, var extension):
                Begin(tenant.Id, new CallOrigin.Extension(extension.Number.Value), transaction, invite, flow);
                break;
            case PhoneAuthentication.Refused(var response):
                signalling.Respond(transaction, response);
                break;
        }
    }

    void Admit(ServerTransactionId transaction, SipRequest invite, SipFlow flow, TrunkConfig trunk)
    {
        if (trunks.Refuse(invite, trunk, flow) is { } refusal) signalling.Respond(transaction, refusal);
        else FromTrunk(transaction, invite, flow, trunk);
    }

    void FromTrunk(ServerTransactionId transaction, SipRequest invite, SipFlow flow, TrunkConfig trunk)
    {
        if (TrunkNumbers.Normalise(trunk.NumbersIn, invite.Uri.Number) is not { } dialled)
        {
            refusals.Unassigned(transaction, invite);
            return;
        }

        var company = tenants.ByPhoneNumber(dialled);
        var tenant = company?.Id ?? TenantId.Platform;
        if (tenant == TenantId.Platform && log.IsEnabled(LogLevel.Information))
            log.LogInformation("trunk {Trunk} brought a call to {Number}, which no tenant holds", trunk.Id.Value, NumberMask.Of(dialled.Value));
        var (number, name) = InboundCaller.Of(invite, trunk, trunk == OnNet.Trunk ? null : company);
        var own = trunk == OnNet.Trunk ? OnNet.ExtensionOf(invite.Headers.First(OnNet.CallerHeader), tenant) : null;
        var origin = new CallOrigin.Trunk(trunk.Id.Value, dialled, number, name) { Hops = InboundCaller.HopsOf(invite), OwnExtension = own };
        Begin(tenant, origin, transaction, invite, flow);
    }

    void Begin(TenantId tenant, CallOrigin origin, ServerTransactionId transaction, SipRequest invite, SipFlow flow)
    {
        var call = ids.Next().Entity(tenant);
        open.Remember(transaction, call);
        admission.Begun();
        if (region.TryBegin(call, new CallCommand.Begin(tenant, origin, invite, transaction, flow))) return;
        refusals.Busy(transaction, invite, "This Node Does Not Serve The Tenant Now");
    }
}
