using System.Net.Sockets;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Media;

/// <summary>Hands out media streams: an id that is never reused, and a port of ours that is free.</summary>
public interface IStreams
{
    /// <summary>On our address of this family, or on the one that we have. Null when no port is free; some are kept for emergency calls.</summary>
    StreamSlot? Reserve(AddressFamily family, bool emergency = false);

    /// <summary>This very port, for a leg whose session description has named it already; null when it is taken.</summary>
    StreamSlot? Reserve(AddressFamily family, int port);

    /// <summary>Gives back what was reserved and never opened.</summary>
    void Return(StreamSlot slot);
}

/// <summary>
/// A reserved stream: its id, its RTP port, the address that SDP names, and a fresh SDES master key and salt (30 bytes, base64).
/// </summary>
public readonly record struct StreamSlot(StreamId Stream, int Port, string Address, string Key);
