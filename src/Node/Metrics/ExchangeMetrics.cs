using System.Diagnostics.Metrics;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Trunks;
using TeleCube.Node.Composition;

namespace TeleCube.Node.Metrics;

/// <summary>
/// What the exchange is doing: calls, media, SIP, phones. After a quiet minute every gauge
/// but the phones is back at zero; one that is not has leaked.
/// </summary>
sealed class ExchangeMetrics : IDisposable
{
    readonly Meter _meter = new("TeleCube.Calls");

    public ExchangeMetrics(Exchange exchange)
    {
        Calls(exchange);
        Media(exchange);
        Strangers(exchange);
        Trunks(exchange);
        Sip(exchange);
    }

    void Calls(Exchange exchange)
    {
        Gauge("telecube.calls.live", () => exchange.Live.Count, "Calls that are being set up or talk");
        Gauge("telecube.calls.actors", () => exchange.Region.CountOf(CallId.Kind),
            "Actors of calls: live ones, and ended ones whose last request is not answered yet");
        Counter("telecube.calls.begun", () => exchange.Live.Begun, "Calls that began");
        _meter.CreateObservableCounter(
            "telecube.calls.ended",
            () => exchange.Live.EndedByCause.Select(ended => new Measurement<long>(ended.Value, new KeyValuePair<string, object?>("cause", ended.Key))),
            description: "Calls that ended, by the code of their cause");
        _meter.CreateObservableCounter(
            "telecube.calls.turned_away",
            () =>
                exchange.Live.TurnedAwayByStatus.Select(
                    refused => new Measurement<long>(refused.Value, new KeyValuePair<string, object?>("status", refused.Key))),
            description: "INVITEs that were refused before a call began, by status");
        Gauge("telecube.quarantined", () => exchange.System.Persistence.Quarantine.Count, "Entities that could not be recovered and were set aside");
        Gauge("telecube.audit.waiting", () => exchange.Audit.Waiting, "Entries of the audit log that wait for the store");
        Counter("telecube.audit.dropped", () => exchange.Audit.Dropped, "Entries of the audit log that the store refused; they are in the log");
        Gauge("telecube.phones", () => exchange.Phones.Phones, "Registered phones");
    }

    /// <summary>One that the operator has switched off is no alarm.</summary>
    void Trunks(Exchange exchange) => _meter.CreateObservableGauge(
        "telecube.trunk.up",
        () => exchange.Platform.Current.Trunks.Values.Where(trunk => trunk.Enabled).Select(trunk => exchange.Trunks.Find(trunk.Id)).OfType<TrunkStatus>()
            .Select(status => new Measurement<long>(status.Health is TrunkHealth.Down ? 0 : 1, new KeyValuePair<string, object?>("trunk", status.Id.Value))),
        description: "1 for an enabled trunk, 0 while it is down; why is in the log and in GET operator/trunks");

    void Media(Exchange exchange)
    {
        Gauge("telecube.media.ports", () => exchange.Desk.PortsInUse, "RTP ports in use");
        Gauge("telecube.media.streams", () => exchange.Desk.Open, "Media streams that are open or closing");
    }

    /// <summary>What is no audio of ours, by the reason for which it was passed over.</summary>
    void Strangers(Exchange exchange) => _meter.CreateObservableCounter(
        "telecube.media.passed_over",
        () =>
        {
            var counted = exchange.Engine.Counters;
            return new[]
            {
                Passed(counted.Invalid, "invalid"), Passed(counted.Strangers,
                    "stranger"), Passed(counted.Unauthentic, "unauthentic"), Passed(counted.Late, "late"),
            };
        },
        description: "Packets that were received and not relayed, by reason");

    void Sip(Exchange exchange)
    {
        var (stack, counters) = (exchange.Stack, exchange.Stack.Counters);
        Gauge("telecube.sip.invites.unanswered", () => stack.Transactions.Unanswered, "Received INVITEs without any answer");
        Gauge("telecube.sip.invites.known", () => exchange.OpenInvites.Count, "INVITEs whose call is remembered; swept once a minute");
        _meter.CreateObservableGauge(
            "telecube.sip.transactions",
            () =>
            {
                var (clients, servers, _) = stack.Transactions;
                return new[] { Side(clients, "client"), Side(servers, "server") };
            },
            description: "SIP transactions that are remembered");
        Gauge("telecube.sip.backlog", () => stack.Backlog, "Messages that wait for the SIP stack");
        Counter("telecube.sip.received", () => counters.Received, "SIP messages received");
        Counter("telecube.sip.sent", () => counters.Sent, "SIP messages sent");
        Counter("telecube.sip.repeated", () => counters.Repeated, "Repetitions that were received");
        Counter("telecube.sip.malformed", () => counters.Malformed, "Messages that could not be read");
        Counter("telecube.sip.banned", () => counters.Banned, "Messages of banned sources");
        Counter("telecube.sip.refused_for_load", () => counters.RefusedForLoad, "INVITEs refused with 503 because of load");
        Counter("telecube.sip.dropped", () => counters.Dropped, "Messages dropped because the queue was full");
        Counter("telecube.sip.timeouts", () => counters.Timeouts, "Requests that were never answered");
        Counter("telecube.sip.transport_failures", () => counters.TransportFailures, "Messages that could not be sent");
        Counter("telecube.sip.acks_missing", () => counters.AcksMissing, "Answers that were never acknowledged");
    }

    void Gauge(string name, Func<long> read, string description) => _meter.CreateObservableGauge(name, read, description: description);

    void Counter(string name, Func<long> read, string description) => _meter.CreateObservableCounter(name, read, description: description);

    static Measurement<long> Passed(long count, string reason) => new(count, new KeyValuePair<string, object?>("reason", reason));

    static Measurement<long> Side(int count, string side) => new(count, new KeyValuePair<string, object?>("side", side));

    public void Dispose() => _meter.Dispose();
}
