using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Subscriptions;

/// <summary>What a SUBSCRIBE that begins a dialog asks for, apart from who asks (RFC 6665 §3.1).</summary>
public sealed record SubscribeRequest(EventPackage Package, string? EventId, string Watched, TimeSpan Lifetime)
{
    /// <summary>Reads a checked SUBSCRIBE of an extension; one that cannot be taken is answered with the refusal.</summary>
    public static SipRefusal? TryRead(SipRequest request, TenantState tenant, Extension watcher, SubscriptionOptions options, out SubscribeRequest? wanted)
    {
        wanted = null;
        if (EventPackage.Of(request) is not { } package) return new SipRefusal(489, "Bad Event");
        if (request.Contact is not { Uri.IsSip: true }) return new SipRefusal(400, "Missing Or Bad Contact");
        if (!Takes(request, package.ContentType)) return new SipRefusal(406, $"Only {package.ContentType}");
        if (LifetimeOf(request, options) is not { } lifetime) return new SipRefusal(423, "Interval Too Brief");
        if (WatchedBy(request.Uri.Number, tenant) is not { } number) return new SipRefusal(404, "Nothing To Watch There");
        if (package == EventPackage.MessageSummary && number != watcher.Number.Value) return new SipRefusal(403, "Not Your Mailbox");
        wanted = new SubscribeRequest(package, request.Get<Event>()?.Id, number, lifetime);
        return null;
    }

    /// <summary>None asked for is the most (RFC 6665 §3.1.1); null is too little. An end is always right.</summary>
    public static TimeSpan? LifetimeOf(SipRequest request, SubscriptionOptions options)
    {
        if (request.Expires is not { } asked) return options.MaxExpires;
        if (asked == TimeSpan.Zero) return asked;
        return asked < options.MinExpires ? null : asked < options.MaxExpires ? asked : options.MaxExpires;
    }

    /// <summary>An extension, or a place where calls are parked.</summary>
    public static bool IsWatchable(TenantState tenant, string digits)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return (ExtensionNumber.TryParse(digits, out var number) && tenant.Extensions.ContainsKey(number)) || tenant.Settings.ParkSlots.Has(digits);
    }

    /// <summary>By its digits or an extension's login; of another company's nothing is known here.</summary>
    static string? WatchedBy(string? user, TenantState tenant)
    {
        if (user is null) return null;
        var digits = user.StartsWith($"{tenant.LoginPrefix}_", StringComparison.Ordinal) ? user[(tenant.LoginPrefix.Length + 1)..] : user;
        return IsWatchable(tenant, digits) ? digits : null;
    }

    /// <summary>Without Accept the package's own format is meant (RFC 6665 §3.1.3).</summary>
    static bool Takes(SipRequest request, string type)
    {
        var accepted = request.Headers.All(SipHeaderName.Accept).SelectMany(value => value.Split(','))
            .Select(value => value.Split(';')[0].Trim().ToLowerInvariant()).Where(value => value.Length > 0).ToList();
        return accepted.Count == 0 || accepted.Any(value => value == type || value is "*/*" or "application/*");
    }
}
