using System.Net;

namespace TeleCube.Media.Sockets;

/// <summary>One non-blocking UDP socket. Used by its loop's thread only; results below zero are negated errno values.</summary>
sealed unsafe class UdpSocket
{
    bool _connected;

    UdpSocket(int fd) => Fd = fd;

    public int Fd { get; private set; }

    /// <summary>Binds exclusively (no SO_REUSEADDR: a second binder must fail, not share our packets).</summary>
    public static UdpSocket? TryOpen(IPAddress bind, int port, int typeOfService, out string fault)
    {
        var address = PeerAddress.From(new IPEndPoint(bind, port));
        var fd = LibC.Socket(address.IsV6 ? LibC.AfInet6 : LibC.AfInet, LibC.Datagram | LibC.NonBlocking | LibC.CloseOnExec, 0);
        fault = fd < 0 ? Reason(LibC.Errno) : "";
        if (fd < 0) return null;

        if (address.IsV6) SetOption(fd, LibC.IpProtocolIp6, LibC.Ip6Only, 1);
        if (address.IsV6) SetOption(fd, LibC.IpProtocolIp6, LibC.Ip6TrafficClass, typeOfService);
        else SetOption(fd, LibC.IpProtocolIp, LibC.IpTos, typeOfService);

        var sockaddr = stackalloc byte[PeerAddress.MaxBytes];
        if (LibC.Bind(fd, sockaddr, address.Write(new(sockaddr, PeerAddress.MaxBytes))) == 0) return new UdpSocket(fd);
        fault = Reason(LibC.Errno);
        _ = LibC.Close(fd);
        return null;
    }

    /// <summary>Whether the port could be bound now: a look, not a reservation.</summary>
    public static bool IsFree(IPAddress bind, int port)
    {
        if (TryOpen(bind, port, 0, out _) is not { } socket) return false;
        socket.Close();
        return true;
    }

    public int Receive(byte* buffer, int size, out PeerAddress from)
    {
        var sockaddr = stackalloc byte[PeerAddress.MaxBytes];
        uint length = PeerAddress.MaxBytes;
        var received = Result(LibC.ReceiveFrom(Fd, buffer, (nuint)size, 0, sockaddr, &length));
        from = received >= 0 ? PeerAddress.Read(new(sockaddr, PeerAddress.MaxBytes)) : default;
        return received;
    }

    /// <summary>A connected send is a quarter cheaper than an addressed one (MEASURED §1).</summary>
    public int Send(byte* packet, int length, in PeerAddress to)
    {
        if (_connected) return Result(LibC.Send(Fd, packet, (nuint)length, 0));
        var sockaddr = stackalloc byte[PeerAddress.MaxBytes];
        var size = to.Write(new(sockaddr, PeerAddress.MaxBytes));
        return Result(LibC.SendTo(Fd, packet, (nuint)length, 0, sockaddr, size));
    }

    /// <summary>From now on the kernel drops whatever comes from elsewhere (what is queued already is still delivered).</summary>
    public void Connect(in PeerAddress peer)
    {
        var sockaddr = stackalloc byte[PeerAddress.MaxBytes];
        _connected = LibC.Connect(Fd, sockaddr, peer.Write(new(sockaddr, PeerAddress.MaxBytes))) == 0;
    }

    /// <summary>Hears everybody again; a socket that was bound to an address and port keeps both (connect(2), AF_UNSPEC).</summary>
    public void Disconnect()
    {
        if (!_connected) return;
        var sockaddr = stackalloc byte[PeerAddress.MaxBytes];
        new Span<byte>(sockaddr, PeerAddress.MaxBytes).Clear();
        _ = LibC.Connect(Fd, sockaddr, 16);
        _connected = false;
    }

    public void Close()
    {
        if (Fd >= 0) _ = LibC.Close(Fd);
        Fd = -1;
    }

    static int Result(nint bytes) => bytes >= 0 ? (int)bytes : -LibC.PacketErrno;

    static void SetOption(int fd, int level, int name, int value) => _ = LibC.SetOption(fd, level, name, &value, sizeof(int));

    static string Reason(int errno) => errno switch
    {
        LibC.AddressInUse => "port-in-use",
        LibC.AddressNotAvailable => "no-such-address",
        LibC.TooManyFiles => "too-many-files",
        _ => $"socket-error-{errno}",
    };
}
