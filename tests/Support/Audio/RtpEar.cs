using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace TeleCube.Tests.Support.Audio;

/// <summary>
/// Hears the G.711 that arrives at a range of UDP ports of this machine, by a raw socket: what a phone is sent, whatever the phone makes of it.
/// (baresip's own recording ends with the first re-INVITE.)
/// </summary>
public sealed class RtpEar : IDisposable
{
    const int UdpHeader = 8;
    const int RtpHeader = 12;

    readonly Socket _socket;
    readonly int _firstPort;
    readonly int _lastPort;
    readonly List<short> _heard = [];

    public RtpEar(IPAddress address, int firstPort, int lastPort)
    {
        (_firstPort, _lastPort) = (firstPort, lastPort);
        try
        {
            _socket = new(address.AddressFamily, SocketType.Raw, ProtocolType.Udp) { ReceiveBufferSize = 8 << 20 };
        }
        catch (SocketException problem)
        {
            throw new InvalidOperationException("listening to a phone's audio needs the right to open raw sockets: run the tests as root", problem);
        }
        _socket.Bind(new IPEndPoint(address, 0));
    }

    /// <summary>What was heard since it was opened.</summary>
    public WavFile Heard => new(Tones.RateHz, [.. _heard]);

    /// <summary>Listens until enough was heard.</summary>
    public async Task Until(Func<WavFile, bool> enough, CancellationToken stop)
    {
        var packet = new byte[2048];
        var looked = 0;
        while (true)
        {
            var length = await _socket.ReceiveAsync(packet, stop);
            Take(packet.AsSpan(0, length));
            if (_heard.Count - looked < Tones.RateHz / 10) continue;
            looked = _heard.Count;
            if (enough(Heard)) return;
        }
    }

    void Take(ReadOnlySpan<byte> packet)
    {
        var udp = _socket.AddressFamily is AddressFamily.InterNetworkV6 ? packet : packet[((packet[0] & 0x0F) * 4)..]; // IPv6 comes without its header
        var port = BinaryPrimitives.ReadUInt16BigEndian(udp[2..]);
        if (port < _firstPort || port > _lastPort || port % 2 != 0) return; // RTCP has the odd ones
        var rtp = udp[UdpHeader..];
        if (rtp.Length <= RtpHeader || rtp[0] >> 6 != 2) return;
        var payload = rtp[(RtpHeader + (rtp[0] & 0x0F) * 4)..];
        var type = rtp[1] & 0x7F;
        foreach (var sample in payload)
        {
            if (type == 0) _heard.Add(Tones.FromMuLaw(sample));
            else if (type == 8) _heard.Add(Tones.FromALaw(sample));
        }
    }

    public void Dispose() => _socket.Dispose();
}
