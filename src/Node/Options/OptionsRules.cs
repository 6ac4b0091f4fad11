using System.Net;
using System.Net.Sockets;
using TeleCube.Node.Hocon;

namespace TeleCube.Node.Options;

/// <summary>What a value's type can't say: ranges, and keys that need each other.</summary>
public static class OptionsRules
{
    sealed record Rule(string Path, Func<TeleCubeOptions, bool> Holds, string Remedy);

    static readonly Rule[] All =
    [
        new("node.id", o => o.Node.Id.Length is > 0 and <= 64 && o.Node.Id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'),
            "a node's id has 1 to 64 letters, digits, '-', '.' or '_'"),
        new("node.stop-within", o => o.Node.StopWithin >= TimeSpan.Zero && o.Node.StopWithin <= TimeSpan.FromDays(1), "between 0s and 1d"),
        new("node.data-directory", o => o.Node.DataDirectory.Length > 0, "name a directory"),
        new("sip.listeners", o => o.Sip.Listeners.Count > 0, "give at least one listener, such as { transport = udp, bind = 127.0.0.1, port = 5060 }"),
        new("sip.listeners", o => o.Sip.Listeners.All(l => l.Port is >= 0 and <= 65535), "a port lies between 1 and 65535 (0 takes any free one)"),
        new("sip.listeners", o => o.Sip.Listeners.Count == o.Sip.Listeners
                .DistinctBy(l => (l.Transport == SipListenerTransport.Udp, l.Bind, l.Port == 0 ? new object() : l.Port)).Count(),
            "two listeners have the same address and port"),
        new("sip.listeners", o => o.Sip.Listeners.All(l => l.Advertise is not null || !l.Bind.Equals(IPAddress.Any) && !l.Bind.Equals(IPAddress.IPv6Any)),
            "a listener on every address (0.0.0.0 or ::) needs 'advertise', the address that phones reach it at"),
        new("sip.domain", o => o.Sip.Domain is null || Uri.CheckHostName(o.Sip.Domain) is not UriHostNameType.Unknown,
            "a host name or an address, such as sip.example.com"),
        new("sip.tls.certificate", o => o.Sip.Listeners.All(l => l.Transport != SipListenerTransport.Tls) || o.Sip.Tls.Certificate is not null,
            "a TLS listener needs a certificate: the name of a PEM file"),
        new("sip.tls.key", o => o.Sip.Tls.Certificate is null || o.Sip.Tls.Key is not null, "the certificate needs its key: the name of a PEM file"),
        new("sip.timers.t1", o => o.Sip.Timers.T1 >= TimeSpan.FromMilliseconds(10), "at least 10ms; RFC 3261 says 500ms"),
        new("sip.timers.t2", o => o.Sip.Timers.T2 >= o.Sip.Timers.T1, "not less than t1; RFC 3261 says 4s"),
        new("sip.timers.t4", o => o.Sip.Timers.T4 >= o.Sip.Timers.T1, "not less than t1; RFC 3261 says 5s"),
        new("sip.limits.max-message", o => o.Sip.Limits.MaxMessage.Bytes is >= 4096 and <= 1 << 24, "between 4KiB and 16MiB"),
        new("sip.limits.max-connections", o => o.Sip.Limits.MaxConnections > 0, "at least 1"),
        new("sip.limits.max-connections-per-source", o => o.Sip.Limits.MaxConnectionsPerSource > 0, "at least 1"),
        new("sip.limits.max-pending", o => o.Sip.Limits.MaxPending.Bytes is >= 4096 and <= int.MaxValue, "between 4KiB and 2GiB"),
        new("sip.limits.max-transactions", o => o.Sip.Limits.MaxTransactions > 0, "at least 1"),
        new("sip.limits.inbound-queue", o => o.Sip.Limits.InboundQueue > 0, "at least 1"),
        new("sip.limits.connect-within", o => IsPatience(o.Sip.Limits.ConnectWithin), Patience),
        new("sip.limits.handshake-within", o => IsPatience(o.Sip.Limits.HandshakeWithin), Patience),
        new("sip.limits.message-within", o => IsPatience(o.Sip.Limits.MessageWithin), Patience),
        new("sip.limits.idle-for", o => o.Sip.Limits.IdleFor >= TimeSpan.FromSeconds(10) && o.Sip.Limits.IdleFor <= TimeSpan.FromDays(1), "between 10s and 1d"),
        new("sip.limits.udp-buffer", o => o.Sip.Limits.UdpBuffer.Bytes is >= 4096 and <= int.MaxValue, "between 4KiB and 2GiB"),
        new("sip.registration.min-expires", o => Positive(o.Sip.Registration.MinExpires), "longer than 0s"),
        new("sip.registration.default-expires", o => o.Sip.Registration.DefaultExpires >= o.Sip.Registration.MinExpires, "not shorter than min-expires"),
        new("sip.registration.max-expires", o => o.Sip.Registration.MaxExpires >= o.Sip.Registration.DefaultExpires, "not shorter than default-expires"),
        new("sip.registration.max-contacts", o => o.Sip.Registration.MaxContacts is > 0 and <= 100, "between 1 and 100"),
        new("sip.subscription.min-expires", o => o.Sip.Subscription.MinExpires >= TimeSpan.FromSeconds(1), "at least 1s"),
        new("sip.subscription.max-expires",
            o => o.Sip.Subscription.MaxExpires >= o.Sip.Subscription.MinExpires && o.Sip.Subscription.MaxExpires <= TimeSpan.FromHours(5),
            "not shorter than min-expires, at most 5h"),
        new("sip.subscription.per-extension", o => o.Sip.Subscription.PerExtension is > 0 and <= 2000, "between 1 and 2000"),
        new("sip.subscription.per-tenant", o => o.Sip.Subscription.PerTenant > 0, "at least 1"),
        new("sip.authentication.algorithms", o => o.Sip.Authentication.Algorithms.Count > 0, "at least one of sha256 and md5"),
        new("sip.authentication.nonce-lifetime", o => o.Sip.Authentication.NonceLifetime >= TimeSpan.FromSeconds(5), "at least 5s"),
        new("sip.session-timer.min-expires", o => o.Sip.SessionTimer.MinExpires >= TimeSpan.FromSeconds(90), "at least 90s (RFC 4028 §5)"),
        new("sip.session-timer.expires", o => o.Sip.SessionTimer.Expires >= o.Sip.SessionTimer.MinExpires, "not shorter than min-expires"),
        new("sip.ban.failures", o => o.Sip.Ban.Failures > 0, "at least 1"),
        new("sip.ban.window", o => Positive(o.Sip.Ban.Window), "longer than 0s"),
        new("sip.ban.duration", o => Positive(o.Sip.Ban.Duration), "longer than 0s"),
        new("media.ports", o => o.Media.Ports.Count >= 4, "at least four ports: two for each leg"),
        new("media.ports", o => o.Media.Ports.First >= 1024, "above 1023"),
        new("media.ports", o => o.Media.Ports.Last <= 65534, "up to 65534"),
        new("media.emergency-calls", o => o.Media.EmergencyCalls >= 0 && o.Media.EmergencyCalls * 4 <= o.Media.Ports.Count - 4,
            "at least 0, and few enough that the ports of one other call (four) are left"),
        new("media.prompts-language",
            o => o.Media.PromptsLanguage.Length is > 0 and <= 16 && o.Media.PromptsLanguage.All(c => char.IsAsciiLetterOrDigit(c) || c is '-'),
            "the name of a folder of prompts, such as pl or en"),
        new("media.upload.max-size", o => o.Media.Upload.MaxSize.Bytes is >= 64 << 10 and <= 1 << 30, "between 64KiB and 1GiB"),
        new("media.upload.max-length",
            o => o.Media.Upload.MaxLength >= TimeSpan.FromSeconds(1) && o.Media.Upload.MaxLength <= TimeSpan.FromMinutes(30), "between 1s and 30m"),
        new("media.upload.decode-within", o => Positive(o.Media.Upload.DecodeWithin), "longer than 0s"),
        new("media.lost-after", o => o.Media.LostAfter >= TimeSpan.FromSeconds(1) && o.Media.LostAfter <= TimeSpan.FromDays(1), "between 1s and 1d"),
        new("media.stranger-after", o => o.Media.StrangerAfter >= TimeSpan.Zero && o.Media.StrangerAfter <= TimeSpan.FromDays(1), "between 0s and 1d"),
        new("media.rtcp-interval", o => o.Media.RtcpInterval >= TimeSpan.FromSeconds(1) && o.Media.RtcpInterval <= TimeSpan.FromHours(1), "between 1s and 1h"),
        new("media.loops", o => o.Media.Loops is >= 0 and <= 256, "between 1 and 256, or 0 for one per core"),
        new("media.advertise", o => o.Media.Advertise is not null || !o.Media.Bind.Equals(IPAddress.Any) && !o.Media.Bind.Equals(IPAddress.IPv6Any),
            "media bound to every address (0.0.0.0 or ::) needs the address that phones reach it at"),
        new("media.bind-ipv6", o => o.Media.BindIpv6 is null
            || o.Media.BindIpv6.AddressFamily is AddressFamily.InterNetworkV6 && o.Media.Bind.AddressFamily is AddressFamily.InterNetwork,
            "an IPv6 address, beside a bind of IPv4; where bind itself is IPv6, leave this out"),
        new("media.advertise-ipv6", o => o.Media.AdvertiseIpv6 is null || o.Media.AdvertiseIpv6.AddressFamily is AddressFamily.InterNetworkV6,
            "an IPv6 address"),
        new("media.advertise-ipv6", o => o.Media.AdvertiseIpv6 is not null || !Equals(o.Media.BindIpv6, IPAddress.IPv6Any),
            "media bound to every address (::) needs the address that phones reach it at"),
        new("media.advertise", o => o.Media.Advertise is null || o.Media.Advertise.AddressFamily == o.Media.Bind.AddressFamily,
            "an address of the family of bind"),
        new("storage.blobs", o => o.Storage.Blobs.Trim().Length > 0, "name a directory, such as blobs"),
        new("storage.connection-string", o => o.Storage.Provider != StorageProvider.Postgresql || o.Storage.ConnectionString is not null,
            "provider = postgresql needs one, such as \"Host=db;Database=telecube;Username=telecube;Password=…\""),
        new("storage.group.size", o => o.Storage.Group.Size is > 0 and <= 10_000, "between 1 and 10000"),
        new("storage.group.interval",
            o => o.Storage.Group.Interval >= TimeSpan.Zero && o.Storage.Group.Interval <= TimeSpan.FromMilliseconds(100), "between 0s and 100ms"),
        new("storage.group.queue-limit", o => o.Storage.Group.QueueLimit >= o.Storage.Group.Size, "not less than group.size"),
        new("storage.lease.renewal",
            o => Positive(o.Storage.Lease.Renewal) && o.Storage.Lease.Renewal * 3 <= o.Storage.Lease.Ttl, "at most a third of lease.ttl"),
        new("storage.lease.originate-margin",
            o => o.Storage.Lease.OriginateMargin < o.Storage.Lease.Ttl - o.Storage.Lease.Renewal, "less than lease.ttl minus lease.renewal"),
        new("storage.statement-timeout",
            o => o.Storage.StatementTimeout >= TimeSpan.FromMilliseconds(100) && o.Storage.StatementTimeout <= TimeSpan.FromMinutes(10), "between 100ms and 10m"),
        new("storage.probe-interval",
            o => o.Storage.ProbeInterval >= TimeSpan.FromMilliseconds(10) && o.Storage.ProbeInterval <= TimeSpan.FromHours(1), "between 10ms and 1h"),
        new("storage.read-connections", o => o.Storage.ReadConnections is > 0 and <= 1000, "between 1 and 1000"),
        new("storage.directory-cache.entries", o => o.Storage.DirectoryCache.Entries >= 0, "at least 0"),
        new("storage.directory-cache.keep-for", o => o.Storage.DirectoryCache.KeepFor >= TimeSpan.Zero, "0s or longer"),
        new("storage.call-partitions-ahead", o => o.Storage.CallPartitionsAhead is > 0 and <= 366, "between 1 and 366"),
        new("storage.call-retention", o => o.Storage.CallRetention >= TimeSpan.FromDays(1), "at least 1d"),
        new("storage.event-retention", o => o.Storage.EventRetention >= TimeSpan.FromHours(1), "at least 1h"),
        new("storage.audit-retention", o => o.Storage.AuditRetention >= TimeSpan.FromDays(1), "at least 1d"),
        new("storage.sms-retention", o => o.Storage.SmsRetention >= TimeSpan.FromDays(1), "at least 1d"),
        new("call.ring-timeout", o => Positive(o.Call.RingTimeout), "longer than 0s"),
        new("call.trunk-timeout", o => Positive(o.Call.TrunkTimeout), "longer than 0s"),
        new("call.setup-timeout", o => o.Call.SetupTimeout >= o.Call.RingTimeout, "not shorter than ring-timeout"),
        new("call.max-duration", o => o.Call.MaxDuration >= TimeSpan.FromMinutes(1) && o.Call.MaxDuration <= TimeSpan.FromHours(24), "between 1m and 24h"),
        new("call.max-forwards", o => o.Call.MaxForwards is > 0 and <= 20, "between 1 and 20"),
        new("sms.gateway-url",
            o => o.Sms.GatewayUrl is null || Uri.TryCreate(o.Sms.GatewayUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https",
            "an address such as https://sms.example.com/send; null for no gateway"),
        new("sms.secret-file", o => o.Sms.SecretFile is null || o.Sms.Secret is null, "give the secret itself or its file, not both"),
        new("sms.timeout", o => Positive(o.Sms.Timeout) && o.Sms.Timeout <= TimeSpan.FromMinutes(2), "longer than 0s, at most 2m"),
        new("sms.attempts", o => o.Sms.Attempts is > 0 and <= 20, "between 1 and 20"),
        new("sms.retry-after", o => o.Sms.RetryAfter >= TimeSpan.FromSeconds(1) && o.Sms.RetryAfter <= TimeSpan.FromMinutes(10), "between 1s and 10m"),
        new("sms.schemes.within", o => o.Sms.Schemes.Within >= TimeSpan.FromMinutes(1) && o.Sms.Schemes.Within <= TimeSpan.FromDays(1), "between 1m and 1d"),
        new("sms.schemes.per-company", o => o.Sms.Schemes.PerCompany is > 0 and <= 10_000, "between 1 and 10000"),
        new("sms.schemes.per-receiver",
            o => o.Sms.Schemes.PerReceiver > 0 && o.Sms.Schemes.PerReceiver <= o.Sms.Schemes.PerCompany, "between 1 and per-company"),
        new("sms.schemes.per-caller", o => o.Sms.Schemes.PerCaller > 0 && o.Sms.Schemes.PerCaller <= o.Sms.Schemes.PerReceiver, "between 1 and per-receiver"),
        new("webhooks.timeout", o => Positive(o.Webhooks.Timeout) && o.Webhooks.Timeout <= TimeSpan.FromMinutes(1), "longer than 0s, at most 1m"),
        new("webhooks.attempts", o => o.Webhooks.Attempts is > 0 and <= 20, "between 1 and 20"),
        new("webhooks.retry-after",
            o => o.Webhooks.RetryAfter >= TimeSpan.FromSeconds(1) && o.Webhooks.RetryAfter <= TimeSpan.FromMinutes(10), "between 1s and 10m"),
        new("webhooks.per-company", o => o.Webhooks.PerCompany is > 0 and <= 100, "between 1 and 100"),
        new("webhooks.questions-per-company", o => o.Webhooks.QuestionsPerCompany is > 0 and <= 1000, "between 1 and 1000"),
        new("webhooks.questions-per-server",
            o => o.Webhooks.QuestionsPerServer > 0 && o.Webhooks.QuestionsPerServer <= o.Webhooks.QuestionsPerCompany, "between 1 and questions-per-company"),
        new("api.port", o => o.Api.Port is >= 0 and <= 65535, "between 1 and 65535 (0 takes any free one)"),
        new("api.max-connections", o => o.Api.MaxConnections > 0, "at least 1"),
        new("api.max-body", o => o.Api.MaxBody.Bytes is >= 4096 and <= 1 << 30, "between 4KiB and 1GiB"),
        new("api.session-lifetime", o => Positive(o.Api.SessionLifetime), "longer than 0s"),
        new("api.operator-token",
            o => o.Api.OperatorToken is null or { Length: >= 16 }, "at least 16 characters; leave it out and one is made at the first start"),
        new("api.tls.key", o => o.Api.Tls.Certificate is null || o.Api.Tls.Key is not null, "the certificate needs its key: the name of a PEM file"),
        new("limits.max-calls", o => o.Limits.MaxCalls > 0, "at least 1"),
        new("limits.calls-per-second", o => o.Limits.CallsPerSecond > 0, "at least 1"),
        new("limits.max-unanswered", o => o.Limits.MaxUnanswered > 0, "at least 1"),
        new("limits.max-queueing", o => Positive(o.Limits.MaxQueueing), "longer than 0s"),
        new("limits.retry-after", o => o.Limits.RetryAfter >= TimeSpan.FromSeconds(1), "at least 1s"),
    ];

    /// <summary>Throws with every rule that is broken, at the place where its key was written.</summary>
    public static void Check(TeleCubeOptions options, HoconObject root)
    {
        var broken = All.Where(rule => !rule.Holds(options))
            .Select(rule => new HoconFault(PositionOf(root, rule.Path), $"telecube.{rule.Path}: {rule.Remedy}")).ToList();
        if (broken.Count > 0) throw new HoconException(broken);
    }

    /// <summary>Where the key was written; where it is not, the part above it that is.</summary>
    public static HoconPosition PositionOf(HoconObject root, string path)
    {
        HoconNode at = root;
        foreach (var key in path.Split('.').Prepend("telecube"))
        {
            if (at is HoconObject members && members.TryGet(key, out var next)) at = next;
        }
        return at.At;
    }

    const string Patience = "longer than 0s, at most 1h";

    static bool IsPatience(TimeSpan span) => Positive(span) && span <= TimeSpan.FromHours(1);

    static bool Positive(TimeSpan span) => span > TimeSpan.Zero;
}
