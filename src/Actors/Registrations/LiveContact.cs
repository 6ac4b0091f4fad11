using System.Collections.Immutable;
using TeleCube.Kernel.Persistence;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Registrations;

/// <summary>A registered phone as a call needs it: the request URI, the way there, and the Path as the route set (RFC 3327 §5.4).</summary>
public sealed record LiveContact(SipUri Uri, SipTarget Target, ImmutableArray<string> Routes, RegistrationRow Binding)
{
    /// <summary>Null if the stored contact cannot be read or has no way back.</summary>
    public static LiveContact? Of(RegistrationRow binding) =>
        SipUri.TryParse(binding.Contact, out var uri) && BindingTarget.Of(binding, uri) is { } target
            ? new LiveContact(uri, target, Paths(binding.Path), binding)
            : null;

    /// <summary>
    /// In the order in which they may be tried: by q, then the freshest. Of a phone with several
    /// flows only the freshest counts, or it would ring twice (RFC 5626 §5.3).
    /// </summary>
    public static ImmutableArray<LiveContact> Order(IEnumerable<RegistrationRow> bindings) =>
    [
        .. bindings.Select(Of).OfType<LiveContact>()
            .OrderByDescending(contact => contact.Binding.RegisteredAt)
            .DistinctBy(contact => contact.Binding.InstanceId ?? contact.Binding.Contact)
            .OrderByDescending(contact => contact.Binding.QThousandths),
    ];

    internal static ImmutableArray<string> Paths(string? path) =>
        path is null ? [] : [.. NameAddressList.Split(path)];
}
