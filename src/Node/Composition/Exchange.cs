using TeleCube.Actors.Announcements;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Ingress;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Schemes.Simulation;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Media;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;
using TeleCube.Storage;

namespace TeleCube.Node.Composition;

/// <summary>
/// Everything of one running node, put together: store, actors, SIP and media. Made
/// by <see cref="ExchangeBuilder"/>, ended by disposing it.
/// </summary>
sealed class Exchange : IAsyncDisposable
{
    public required IStore Store { get; init; }

    public required ActorSystem System { get; init; }

    public required ShardRegion Region { get; init; }

    public required SipStack Stack { get; init; }

    public required SocketTransport Transport { get; init; }

    public required MediaEngine Engine { get; init; }

    public required MediaDesk Desk { get; init; }

    public required SipIngress Ingress { get; init; }

    public required OpenInvites OpenInvites { get; init; }

    public required LiveCalls Live { get; init; }

    public required SchemeSimulator Simulator { get; init; }

    public required QueueConditions QueueConditions { get; init; }

    public required CallIds CallIds { get; init; }

    public required PlatformRegistry Platform { get; init; }

    public required TenantRegistry Tenants { get; init; }

    public required PhoneRegistry Phones { get; init; }

    public required TrunkRegistry Trunks { get; init; }

    public required QueueBoard Queues { get; init; }

    public required BanList Bans { get; init; }

    public required AuditSpool Audit { get; init; }

    public required AdmissionControl Admission { get; init; }

    public required Drain Drain { get; init; }

    /// <summary>How long work waits at the worst of the places where it waits.</summary>
    public TimeSpan Lag => Longest(Stack.Lag, System.Lag, Store.Lag);

    /// <summary>Signs the sessions of users.</summary>
    public required byte[] SessionKey { get; init; }

    internal required SmsLedger SmsLedger { get; init; }

    /// <summary>To the SMS gateway.</summary>
    internal required HttpClient SmsHttp { get; init; }

    /// <summary>To addresses that tenants name.</summary>
    internal required HttpClient WebhookHttp { get; init; }

    /// <summary>To servers that schemes ask; apart, so that neither waits for the other.</summary>
    internal required HttpClient DecisionHttp { get; init; }

    internal required Retention Retention { get; init; }

    internal required MemoryTrim MemoryTrim { get; init; }

    public required IMailboxes Mailboxes { get; init; }

    public required INumberInfo Numbers { get; init; }

    public required IBlobStore Blobs { get; init; }

    public required ISounds Sounds { get; init; }

    public required QuoteSeal Quotes { get; init; }

    public required RegistrarOptions Registrar { get; init; }

    /// <summary>
    /// The wire first, so that nothing new begins; then the actors, whose last appends are waited for; media and the store last.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        Retention.Dispose();
        MemoryTrim.Dispose();
        await Stack.DisposeAsync();
        await System.DisposeAsync();
        SmsHttp.Dispose();
        WebhookHttp.Dispose();
        DecisionHttp.Dispose();
        await Engine.DisposeAsync();
        await Audit.DisposeAsync();
        await Store.DisposeAsync();
        Bans.Dispose();
    }

    internal static TimeSpan Longest(params ReadOnlySpan<TimeSpan> spans)
    {
        var longest = TimeSpan.Zero;
        foreach (var span in spans) if (span > longest) longest = span;
        return longest;
    }
}
