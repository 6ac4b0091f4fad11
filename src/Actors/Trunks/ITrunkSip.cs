using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Trunks;

/// <summary>The SIP stack as a trunk sees it; answers come back as <see cref="TrunkMessage.Answered"/> by the stack's user.</summary>
public interface ITrunkSip
{
    void Send(SipRequest request, SipTarget target, TrunkSent context);

    /// <summary>Our address as the carrier sees it; null if we have none of that kind.</summary>
    SipEndpoint? EndpointFor(SipTarget target);

    ValueTask<TargetResolution> Resolve(string host, int port, TrunkTransport transport);
}

/// <summary><see cref="ITrunkSip"/> over the stack of this process.</summary>
public sealed class StackTrunkSip(SipStack stack, TargetResolver resolver) : ITrunkSip
{
    public void Send(SipRequest request, SipTarget target, TrunkSent context) => stack.Send(request, target, branchSeed: null, context);

    public SipEndpoint? EndpointFor(SipTarget target) => stack.EndpointFor(target);

    public ValueTask<TargetResolution> Resolve(string host, int port, TrunkTransport transport) =>
        resolver.Resolve(TrunkRequests.Uri(null, host, port, transport), CancellationToken.None);
}
