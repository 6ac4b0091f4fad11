using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Subscriptions;

/// <summary>An event package (RFC 6665 §7.2) that can be subscribed to here.</summary>
public sealed record EventPackage(string Name, string ContentType)
{
    /// <summary>RFC 4235: the lamp beside a colleague's name.</summary>
    public static readonly EventPackage Dialog = new("dialog", "application/dialog-info+xml");

    /// <summary>RFC 3856, by RFC 3863's format.</summary>
    public static readonly EventPackage Presence = new("presence", "application/pidf+xml");

    /// <summary>RFC 3842: the message lamp.</summary>
    public static readonly EventPackage MessageSummary = new("message-summary", "application/simple-message-summary");

    static readonly EventPackage[] _all = [Dialog, Presence, MessageSummary];

    /// <summary>What Allow-Events says; refer is a call's own (RFC 3515).</summary>
    public static string Allowed { get; } = string.Join(", ", _all.Select(package => package.Name).Append("refer"));

    /// <summary>What a SUBSCRIBE asks for; null if it is not known here.</summary>
    public static EventPackage? Of(SipRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Get<Event>() is { } asked ? Find(asked.Package) : null;
    }

    public static EventPackage? Find(string name) => Array.Find(_all, package => package.Name == name);
}
