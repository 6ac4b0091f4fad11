using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace TeleCube.Media.Sockets;

/// <summary>An IPv4 or IPv6 socket address as a value: compared per packet, so no object.</summary>
readonly record struct PeerAddress(ulong High, ulong Low, ushort Port, uint Scope, bool IsV6)
{
    /// <summary>Room for sockaddr_in (16 bytes) or sockaddr_in6 (28).</summary>
    public const int MaxBytes = 28;

    /// <summary>False for none, port 0, and 0.0.0.0 or :: (a peer on hold by RFC 2543).</summary>
    public bool IsUsable => Port != 0 && (High | Low) != 0;

    /// <summary>Loopback, link-local, RFC 1918, RFC 6598 (carriers' NAT) and RFC 4193: no such address is reached from another network.</summary>
    public bool IsPrivate => IsV6
        ? High >> 57 == 0xFC >> 1 || High >> 54 == 0xFE80 >> 6 || High == 0 && Low == 1
        : Low >> 24 is 10 or 127 || Low >> 20 == 0xAC1 || Low >> 16 is 0xC0A8 or 0xA9FE || Low >> 22 == 0x6440 >> 6;

    public bool SameHost(in PeerAddress other) => High == other.High && Low == other.Low && IsV6 == other.IsV6 && Scope == other.Scope;

    public static PeerAddress From(IPEndPoint endPoint)
    {
        var address = endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? new(0, BinaryPrimitives.ReadUInt32BigEndian(bytes), (ushort)endPoint.Port, 0, false)
            : new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
                (ushort)endPoint.Port, (uint)address.ScopeId, true);
    }

    public IPEndPoint ToEndPoint()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
        return new(IsV6 ? new IPAddress(bytes, Scope) : new IPAddress(bytes[12..]), Port);
    }

    /// <summary>Reads a sockaddr as the kernel wrote it: the family in host order, the rest in network order.</summary>
    public static PeerAddress Read(ReadOnlySpan<byte> sockaddr)
    {
        var port = BinaryPrimitives.ReadUInt16BigEndian(sockaddr[2..]);
        return MemoryMarshal.Read<ushort>(sockaddr) == LibC.AfInet6
            ? new(BinaryPrimitives.ReadUInt64BigEndian(sockaddr[8..]), BinaryPrimitives.ReadUInt64BigEndian(sockaddr[16..]), port,
                MemoryMarshal.Read<uint>(sockaddr[24..]), true)
            : new(0, BinaryPrimitives.ReadUInt32BigEndian(sockaddr[4..]), port, 0, false);
    }

    /// <summary>Writes a sockaddr and returns its length.</summary>
    public uint Write(Span<byte> sockaddr)
    {
        sockaddr.Clear();
        var family = (ushort)(IsV6 ? LibC.AfInet6 : LibC.AfInet);
        MemoryMarshal.Write(sockaddr, in family);
        BinaryPrimitives.WriteUInt16BigEndian(sockaddr[2..], Port);
        if (!IsV6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(sockaddr[4..], (uint)Low);
            return 16;
        }
        BinaryPrimitives.WriteUInt64BigEndian(sockaddr[8..], High);
        BinaryPrimitives.WriteUInt64BigEndian(sockaddr[16..], Low);
        var scope = Scope;
        MemoryMarshal.Write(sockaddr[24..], in scope);
        return MaxBytes;
    }
}
