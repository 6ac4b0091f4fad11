using Microsoft.Extensions.Logging;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Transactions;

/// <summary>
/// The transaction layer of RFC 3261: one loop owns all transactions and timers; messages are parsed by the threads that receive them and written by
/// those that send them. Every public method may be called from any thread; it enqueues, and runs the loop for a slice if nobody else does.
/// </summary>
public sealed class SipStack : IAsyncDisposable
{
    readonly SipStackOptions _options;
    readonly ISipTransport _transport;
    readonly ISourceGate _gate;
    readonly TimeProvider _clock;
    readonly ILogger _logger;
    readonly Branches _branches;
    readonly StackLoop _loop;
    StackTables? _tables;
    InboundIntake? _intake;

    public SipStack(SipStackOptions options, ISipTransport transport, ISourceGate gate, TimeProvider clock, ILogger<SipStack> logger)
    {
        (_options, _transport, _gate, _clock, _logger) = (options, transport, gate, clock, logger);
        _branches = new(options.BranchKey, options.Random);
        Malformed = new(Counters, clock, logger);
        _loop = new(options.InboundCapacity, clock, logger);
    }

    public SipStackCounters Counters { get; } = new();

    public MalformedLog Malformed { get; }

    public IReadOnlyList<SipEndpoint> Endpoints => _transport.Endpoints;

    /// <summary>Messages that wait for the loop at this moment.</summary>
    public int Backlog => _loop.Backlog;

    /// <summary>How long the message that is next has waited for the loop.</summary>
    public TimeSpan Lag => _loop.Lag;

    /// <summary>Binds the endpoints and begins to serve the user.</summary>
    public void Start(ISipUser user)
    {
        var stateless = new StatelessAnswers(_options, _transport, Counters);
        var context = new StackContext(_options, new TimerWheel(_clock), _transport, user, Counters);
        _tables = new(context, new ClientTransactions(context), new ServerTransactions(context, stateless));
        _intake = new(_gate, stateless, Malformed, Counters, _options.MaxMessageBytes);
        _transport.Start(Received); // before the loop: what the user said before the start must find its socket
        _loop.Start(_tables);
    }

    /// <summary>
    /// The address that a request to the target is sent from: what belongs into its Contact. Null when we have none of that kind.
    /// </summary>
    public SipEndpoint? EndpointFor(SipTarget target) => EndpointSelection.For(_transport.Endpoints, target);

    /// <summary>
    /// Sends a request in a client transaction; the Via is added here. The same seed and method give the same branch, so a request repeated
    /// after a restart is a retransmission; repeated while its transaction lives, it takes that over and hears the last response again.
    /// </summary>
    public ClientTransactionId Send(SipRequest request, SipTarget target, string? branchSeed, object? context) =>
        Send(request, target, branchSeed, context, out _);

    /// <summary>The same, for who wants to see the request as it goes out.</summary>
    public ClientTransactionId Send(SipRequest request, SipTarget target, string? branchSeed, object? context, out SipRequest sent)
    {
        var prepared = Prepare(request, target, branchSeed);
        sent = prepared.Request;
        _loop.Tell(new StackInput.Begin(prepared, context));
        return prepared.Id;
    }

    /// <summary>
    /// Takes up an INVITE that an earlier life of this process sent by this seed, without sending it again: the peer is taken to be at it, so that it can be
    /// cancelled at once (RFC 3261 §9.1). Where the peer never heard of it, nothing begins to ring.
    /// </summary>
    public ClientTransactionId RestoreClientInvite(SipRequest originalInvite, SipTarget target, string branchSeed, object? context)
    {
        var prepared = Prepare(originalInvite, target, branchSeed);
        _loop.Tell(new StackInput.Begin(prepared, context) { IsSent = true });
        return prepared.Id;
    }

    /// <summary>The id that <see cref="Send(SipRequest, SipTarget, string?, object?)"/> gives to this seed and method.</summary>
    public ClientTransactionId IdFor(string branchSeed, SipMethod method) => ClientTransactionId.Of(_branches.Of(branchSeed), method);

    /// <summary>A 2xx to INVITE is repeated until its ACK comes, a reliable 1xx until its PRACK. The first final response stands.</summary>
    public void Respond(ServerTransactionId transaction, SipResponse response) =>
        _loop.Tell(new StackInput.Respond(transaction, PreparedResponse.From(response)));

    /// <summary>Sends the ACK of a 2xx (the Via is added here) and repeats it whenever that 2xx comes again.</summary>
    /// <returns>The ACK as it goes out.</returns>
    public SipRequest Acknowledge(ClientTransactionId invite, SipRequest ack, SipTarget target)
    {
        var prepared = Prepare(ack, target, $"ack|{invite.Value}|{ack.To.Tag}");
        _loop.Tell(new StackInput.Acknowledge(invite, prepared));
        return prepared.Request;
    }

    /// <summary>Sends a message as it is; a request needs its own Via.</summary>
    public void SendStateless(SipMessage message, SipTarget target)
    {
        Counters.CountSent();
        _transport.Tell(new TransportOutbound(target, message.ToBytes()));
    }

    /// <summary>
    /// Cancels an INVITE as soon as that is allowed (RFC 3261 §9.1); the headers, such as Reason (RFC 3326), go with the CANCEL.
    /// </summary>
    public void Cancel(ClientTransactionId invite, params IReadOnlyList<(string Name, string Value)> headers) =>
        _loop.Tell(new StackInput.Cancel(invite, headers));

    /// <summary>
    /// Takes up an INVITE that an earlier life of this process received: it can be answered and cancelled again, a 2xx given as
    /// <paramref name="lastResponse"/> is repeated until its ACK comes. The INVITE must have its Vias as they were handed to the user.
    /// </summary>
    public ServerTransactionId RestoreServerInvite(SipRequest originalInvite, SipTarget replyTo, SipResponse? lastResponse)
    {
        var id = ServerTransactionId.Of(originalInvite);
        var invite = new ReceivedRequest(IsInvite: true, originalInvite.ToBytes(), Flow: null, replyTo);
        _loop.Tell(new StackInput.Restore(id, invite, lastResponse is null ? null : PreparedResponse.From(lastResponse)));
        return id;
    }

    public ServerTransactionId RestoreServerInvite(SipRequest originalInvite, SipFlow flow, SipResponse? lastResponse) =>
        RestoreServerInvite(originalInvite, ResponseRouting.TargetOf(originalInvite.TopVia, flow), lastResponse);

    public void CloseFlow(FlowId flow) => _transport.Close(flow);

    /// <summary>
    /// Live transactions, for the gauges: clients, servers, INVITEs that the user has not answered at all. Approximate while the loop runs.
    /// </summary>
    public (int Clients, int Servers, int Unanswered) Transactions =>
        _tables is { } tables ? (tables.Clients.Count, tables.Servers.Count, tables.Servers.Unanswered) : default;

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync().ConfigureAwait(false);
        _loop.Stop();
    }

    PreparedRequest Prepare(SipRequest request, SipTarget target, string? seed) =>
        PreparedRequest.From(request, target, _branches.Of(seed), _transport.Endpoints, _options.LongestUdpRequestBytes);

    // On the transport's threads.
    void Received(TransportEvent happened)
    {
        switch (happened)
        {
            case TransportInbound inbound:
                if (_intake!.Take(inbound) is { } message && !_loop.TryEnqueue(new StackInput.Received(message, inbound.Flow, inbound.Bytes)))
                    Counters.CountDropped();
                if (!inbound.MoreFollows) _loop.Help();
                break;
            case TransportDrained:
                _loop.Help();
                break;
            case SendFailed { Key: { } key } failed:
                _loop.Tell(new StackInput.SendFailed(key, failed.Target));
                break;
            case FlowClosed closed:
                _loop.Tell(new StackInput.FlowClosed(closed.Flow));
                break;
            case FlowAbused abused:
                Malformed.Note(abused.Flow.Remote.Address, abused.Reason);
                break;
        }
    }
}
