using System.Security.Cryptography;
using TeleCube.Media.Srtp;
using TeleCube.Sip.Sdp;

namespace TeleCube.Scenarios.Tests.Recovery;

/// <summary>
/// The keys of a <see cref="FarmCall"/> (RFC 4568): its own for the whole call, and the exchange's as its last session description names it. The arithmetic
/// is the product's, which is proven by libsrtp's packets.
/// </summary>
sealed class FarmSrtp : IDisposable
{
    const string Suite = SdpCrypto.AesCm80;

    readonly byte[] _own = RandomNumberGenerator.GetBytes(30);
    readonly SrtpContext _sealing;
    readonly Lock _gate = new();
    SrtpContext? _opening;

    public FarmSrtp() => _sealing = SrtpContext.TryCreate(Suite, _own)!;

    /// <summary>What this phone's session descriptions say.</summary>
    public string Attribute => $"a=crypto:{SdpCrypto.Create(1, Suite, _own)}\r\n";

    /// <summary>The exchange's key, base64.</summary>
    public string? Exchange { get; private set; }

    /// <summary>False where the exchange gives no key.</summary>
    public bool Take(MediaDescription audio)
    {
        if (!audio.IsSecure || audio.Cryptos.FirstOrDefault(crypto => crypto.Suite == Suite)?.KeyAndSalt is not { } key) return false;
        lock (_gate)
        {
            if (Exchange == Convert.ToBase64String(key)) return true; // goes on with its roll-over counter
            Exchange = Convert.ToBase64String(key);
            _opening?.Dispose();
            _opening = SrtpContext.TryCreate(Suite, key);
            return true;
        }
    }

    public byte[] Seal(byte[] packet)
    {
        byte[] buffer = [.. packet, .. new byte[SrtpContext.MaxOverheadBytes]];
        lock (_gate) return buffer[.._sealing.Protect(buffer, packet.Length)];
    }

    /// <summary>Null for what is not the exchange's.</summary>
    public byte[]? Open(byte[] packet)
    {
        lock (_gate) return _opening?.TryUnprotect(packet, out var length) is true ? packet[..length] : null;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _sealing.Dispose();
            _opening?.Dispose();
            _opening = null;
        }
    }
}
