using Microsoft.Extensions.Logging;
using TeleCube.Actors.Extensions;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Registrations;

/// <summary>The registrar's edge: a REGISTER in, its response out. The bindings are the extension's actor's affair.</summary>
public sealed class RegistrarService(
    PhoneAuthenticator authenticator, ShardRegion region, PhoneRegistry phones, ITagSource tags, TimeProvider clock, ILogger<RegistrarService> log)
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);
    static readonly TimeSpan _comeAgain = TimeSpan.FromSeconds(5);
    static readonly string[] _extensions = [OptionTags.Path, OptionTags.Outbound];

    /// <summary>Never throws: what goes wrong inside is a 503.</summary>
    public async Task<SipResponse> Answer(SipRequest request, SipFlow flow, CancellationToken stop = default)
    {
        if (SipExtensionCheck.Refusal(request, _extensions, tags) is { } unsupported) return unsupported;
        // Nobody registers for somebody else (RFC 3261 §10.3 step 4).
        switch (authenticator.Check(request, flow, challenge: 401, onlyUser: request.To.Uri.User ?? ""))
        {
            case PhoneAuthentication.Known(var tenant, var extension):
                if (RegisterRequest.TryRead(request, flow, out var wanted) is { } refusal) return Refuse(request, refusal.Status, refusal.Reason);
                return await Register(request, EntityKinds.Extension(tenant.Id, extension.Number), wanted!, stop).ConfigureAwait(false);
            case PhoneAuthentication.Refused(var response): return response;
            default: return Refuse(request, 500, null);
        }
    }

    /// <summary>The stack has lost a connection.</summary>
    public void ConnectionClosed(FlowId flow)
    {
        foreach (var owner in phones.OwnersOf(flow)) region.Tell(owner, new ExtensionMessage.ConnectionClosed(flow));
    }

    async Task<SipResponse> Register(SipRequest request, EntityId extension, RegisterRequest wanted, CancellationToken stop)
    {
        try
        {
            var decision = await region.Ask<RegistrarDecision>(extension, new ExtensionMessage.Register(wanted), _patience, stop).ConfigureAwait(false);
            return ResponseFor(request, decision);
        }
        catch (Exception failure) when (failure is RejectedException or TimeoutException)
        {
            log.LogWarning("A REGISTER of {Extension} cannot be handled: {Reason}", extension, failure.Message);
            return Refuse(request, 503, null);
        }
    }

    SipResponse ResponseFor(SipRequest request, RegistrarDecision decision)
    {
        if (decision.Status != 200)
        {
            var refusal = Refuse(request, decision.Status, decision.Reason);
            if (decision.MinExpires is { } least) refusal.Set(new MinExpires(least));
            return refusal;
        }

        var now = clock.GetUtcNow();
        var response = SipResponse.For(request, 200, toTag: tags.Next(null));
        foreach (var binding in decision.Bindings)
            if (RegistrarContacts.Of(binding, now) is { } contact) response.Headers.Add(SipHeaderName.Contact, contact);
        response.Set(new SipDate(now));
        response.Headers.CopyFrom(request.Headers, SipHeaderName.Path); // RFC 3327 §5.3
        response.Headers.Add(SipHeaderName.Supported, string.Join(", ", _extensions));
        // RFC 5626 §6: the phone learns that its flows are understood.
        if (request.Contacts.Any(contact => contact.RegistrationId is not null) && request.Supports(OptionTags.Outbound))
            response.Headers.Add(SipHeaderName.Require, OptionTags.Outbound);
        return response;
    }

    SipResponse Refuse(SipRequest request, int status, string? reason)
    {
        var response = SipResponse.For(request, status, reason, tags.Next(null));
        if (status == 503) response.Set(new RetryAfter(_comeAgain));
        return response;
    }
}
