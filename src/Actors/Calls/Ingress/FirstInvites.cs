using System.Globalization;
using Microsoft.Extensions.Logging;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Live;
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
    AdmissionControl admission, ISignalling signalling, LiveCalls live, ILogger<FirstInvites> log)
{
    public void Received(ServerTransactionId transaction, SipRequest invite, SipFlow flow)
    {
        var emergency = EmergencyCall.IsBegunBy(invite);
        if (!emergency && admission.WhyNot() is { } why) Refuse(transaction, invite, why);
        // Before the password, which else would be told from a wrong one by this answer, without a call that anybody notices.
        else if (emergency && OfferCheck.Refusal(invite, forHelp: true) is { } fault) TurnAway(transaction, invite, fault);
        else if (onNet.Proves(invite.CallId, invite.Headers.First(OnNet.Header))) FromTrunk(transaction, invite, flow, OnNet.Trunk);
        else if (trunks.Identify(invite, flow) is { } trunk) Admit(transaction, invite, flow, trunk);
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
        if (trunks.Refuse(invite, trunk) is { } refusal) signalling.Respond(transaction, refusal);
        else FromTrunk(transaction, invite, flow, trunk);
    }

    void FromTrunk(ServerTransactionId transaction, SipRequest invite, SipFlow flow, TrunkConfig trunk)
    {
        if (TrunkNumbers.Normalise(trunk.NumbersIn, invite.Uri.Number) is not { } dialled)
        {
            var unassigned = SipResponse.For(invite, 404, "Number is not assigned here", "telecube");
            unassigned.Headers.Add(SipHeaderName.Reason, Ending.Unassigned);
            live.TurnedAway(404);
            signalling.Respond(transaction, unassigned);
            return;
        }

        var tenant = tenants.ByPhoneNumber(dialled)?.Id ?? TenantId.Platform;
        if (tenant == TenantId.Platform && log.IsEnabled(LogLevel.Information))
            log.LogInformation("trunk {Trunk} brought a call to {Number}, which no tenant holds", trunk.Id.Value, NumberMask.Of(dialled.Value));
        var (number, name) = InboundCaller.Of(invite, trunk);
        Begin(tenant, new CallOrigin.Trunk(trunk.Id.Value, dialled, number, name) { Hops = InboundCaller.HopsOf(invite) }, transaction, invite, flow);
    }

    void Begin(TenantId tenant, CallOrigin origin, ServerTransactionId transaction, SipRequest invite, SipFlow flow)
    {
        var call = ids.Next().Entity(tenant);
        open.Remember(transaction, call);
        admission.Begun();
        if (region.TryBegin(call, new CallCommand.Begin(tenant, origin, invite, transaction, flow))) return;
        Refuse(transaction, invite, "This Node Does Not Serve The Tenant Now");
    }

    void TurnAway(ServerTransactionId transaction, SipRequest invite, SipRefusal fault)
    {
        live.TurnedAway(fault.Status);
        var response = SipResponse.For(invite, fault.Status, fault.Reason, "telecube");
        if (fault.Status == 415) CallSip.SayWhatIsTaken(response, invite.Method);
        signalling.Respond(transaction, response);
    }

    void Refuse(ServerTransactionId transaction, SipRequest invite, string why)
    {
        live.TurnedAway(503);
        var response = SipResponse.For(invite, 503, why, "telecube");
        response.Headers.Add(SipHeaderName.RetryAfter, ((int)Math.Ceiling(admission.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
        signalling.Respond(transaction, response);
    }
}
