using System.Collections.Immutable;
using TeleCube.Actors.Text;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Registrations;

/// <summary>What a REGISTER asks for, apart from who asks (RFC 3261 §10.2).</summary>
public sealed record RegisterRequest
{
    public required string CallId { get; init; }

    public required long CSeq { get; init; }

    public ImmutableArray<WantedContact> Contacts { get; init; } = [];

    /// <summary>Contact: * with Expires: 0 removes all bindings.</summary>
    public bool RemovesAll { get; init; }

    /// <summary>The Path header as it came (RFC 3327 §5.3).</summary>
    public string? Path { get; init; }

    public string? UserAgent { get; init; }

    public long? Flow { get; init; }

    public string? Received { get; init; }

    public string? Local { get; init; }

    /// <summary>Reads a checked REGISTER; a request that cannot be read is answered with the refusal.</summary>
    public static SipRefusal? TryRead(SipRequest request, SipFlow flow, out RegisterRequest? wanted)
    {
        wanted = null;
        var star = request.HasStarContact;
        // RFC 3261 §10.3 step 6: "*" stands alone and with Expires: 0.
        if (star && (request.Contacts.Count > 0 || request.Expires != TimeSpan.Zero)) return new SipRefusal(400, "Bad Contact: * needs Expires 0");
        if (!star && !request.Headers.IsWellFormed<NameAddress>(SipHeaderName.Contact)) return new SipRefusal(400, "Bad Contact");
        if (request.Contacts.Any(contact => !contact.Uri.IsSip)) return new SipRefusal(400, "Bad Contact: not a SIP URI");
        wanted = new RegisterRequest
        {
            CallId = request.CallId,
            CSeq = request.CSeq.Number,
            Contacts = [.. request.Contacts.Select(contact => WantedContact.Of(contact, request.Expires))],
            RemovesAll = star,
            Path = request.Headers.Has(SipHeaderName.Path) ? string.Join(", ", request.Headers.All(SipHeaderName.Path)) : null,
            UserAgent = request.Headers.First(SipHeaderName.UserAgent) is { } agent ? ShownText.Of(agent) : null,
            Flow = flow.Id.Value,
            Received = BindingAddress.Text(flow.Transport, flow.Remote),
            Local = BindingAddress.Text(flow.Transport, flow.Local),
        };
        return null;
    }
}

/// <summary>One contact of a REGISTER; no <paramref name="Expires"/> leaves the time to the registrar.</summary>
public sealed record WantedContact(SipUri Uri, TimeSpan? Expires, int QThousandths, string? InstanceId, int? RegId)
{
    const int Thousand = 1000;

    public static WantedContact Of(NameAddress contact, TimeSpan? expires) => new(
        contact.Uri, contact.Expires ?? expires, (int)(contact.Preference * Thousand), contact.InstanceId,
        contact.InstanceId is null ? null : contact.RegistrationId); // reg-id means nothing without an instance (RFC 5626 §4.2)
}
