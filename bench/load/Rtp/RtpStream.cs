using System.Net;
using System.Net.Sockets;

namespace TeleCube.Load.Rtp;

/// <summary>One side of a call's audio: a port of its own, connected to whoever it speaks to.</summary>
sealed class RtpStream : IDisposable
{
    readonly Socket _socket;
    readonly byte[] _packet = GC.AllocateArray<byte>(RtpPayload.PacketBytes, pinned: true);
    readonly uint _number;
    ushort _sequence;
    uint _timestamp;
    uint _heard;
    uint _heardIn;

    RtpStream(uint number, Socket socket, IPEndPoint local)
    {
        _number = number;
        _socket = socket;
        Local = local;
        socket.Blocking = false;
        socket.SetRawSocketOption(Native.SocketLevel, Native.TimestampNs, [1, 0, 0, 0]);
        RtpPayload.Prepare(_packet, 0x10000000 + number);
    }

    public IPEndPoint Local { get; }

    /// <summary>Where the target said it wants this stream, from its session description.</summary>
    public IPEndPoint? Peer { get; set; }

    public int Descriptor => (int)_socket.Handle;

    /// <summary>Set by the bench, read by the generator's thread.</summary>
    public volatile bool Sending;

    /// <summary>Sends as soon as it hears something: how an answering phone behaves in a soak.</summary>
    public volatile bool Echoes;

    /// <summary>Takes the next free even port at or after `port`; another server may hold some of them.</summary>
    public static RtpStream Open(uint number, IPAddress address, ref int port)
    {
        for (; port < 65534; port += 2)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            var local = new IPEndPoint(address, port);
            try
            {
                socket.Bind(local);
                port += 2;
                return new(number, socket, local);
            }
            catch (SocketException)
            {
                socket.Dispose();
            }
        }
        throw new LoadException($"no free media port is left on {address}; set the target's media-port lower");
    }

    public void Aim(IPEndPoint peer) => _socket.Connect(peer);

    /// <summary>One frame; false when the kernel would not take it.</summary>
    public unsafe bool Send(uint window, long nowNs)
    {
        new RtpPayload(_number, window, nowNs).Write(_packet, _sequence++, _timestamp);
        _timestamp += 160;
        fixed (byte* packet = _packet)
            return Native.Send(Descriptor, packet, RtpPayload.PacketBytes, Native.DontWait | Native.NoSignal) == RtpPayload.PacketBytes;
    }

    public void Heard(in RtpPayload payload, RtpWindow window, long latencyNs)
    {
        if (Echoes) Sending = true;
        if (payload.Window != window.Number) return;
        if (_heardIn != window.Number) (_heardIn, _heard) = (window.Number, payload.Stream);
        if (_heard != payload.Stream) window.Misrouted++;
        window.Received++;
        window.Latency.Add(latencyNs);
    }

    public void Dispose() => _socket.Dispose();
}
