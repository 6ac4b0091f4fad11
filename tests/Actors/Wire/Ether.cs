using System.Net;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Tests.Wire;

/// <summary>Datagrams between the exchange and its far ends: those that go out wait here until they are delivered.</summary>
sealed class Ether : ISipTransport
{
    public static readonly IPEndPoint Exchange = new(IPAddress.Loopback, 5060);

    readonly Queue<TransportOutbound> _out = new();
    Action<TransportEvent>? _core;

    public IReadOnlyList<SipEndpoint> Endpoints { get; } = [new(TransportKind.Udp, Exchange)];

    public void Start(Action<TransportEvent> core) => _core = core;

    public void Tell(TransportOutbound message) => _out.Enqueue(message);

    public bool TryDeliver(out TransportOutbound message) => _out.TryDequeue(out message!);

    /// <summary>A datagram for the exchange; nobody hears it when that is dead.</summary>
    public void Receive(ReadOnlyMemory<byte> bytes, IPEndPoint from)
    {
        var flow = new SipFlow(new FlowId(-1 - (long)(uint)from.GetHashCode()), TransportKind.Udp, Exchange, "127.0.0.1", 5060, from);
        _core?.Invoke(new TransportInbound(flow, bytes));
    }

    public void Close(FlowId flow) { }

    public ValueTask DisposeAsync()
    {
        _core = null;
        return ValueTask.CompletedTask;
    }
}
