namespace TeleCube.Sip.Transport;

/// <summary>The boundary between the core and the sockets: messages out, messages in, nothing shared.</summary>
public interface ISipTransport : IAsyncDisposable
{
    /// <summary>The addresses listened on, with the ports that were really bound; known after <see cref="Start"/>.</summary>
    IReadOnlyList<SipEndpoint> Endpoints { get; }

    /// <summary>Binds and begins to receive. <paramref name="core"/> is called on the transport's threads and must not block.</summary>
    void Start(Action<TransportEvent> core);

    /// <summary>Sends, never blocks on a peer; a failure comes as <see cref="SendFailed"/>.</summary>
    void Tell(TransportOutbound message);

    /// <summary>Closes a connection; no effect on UDP.</summary>
    void Close(FlowId flow);
}
