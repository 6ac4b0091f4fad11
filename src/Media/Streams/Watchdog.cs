using TeleCube.Media.Codecs;
using TeleCube.Media.Messages;

namespace TeleCube.Media.Streams;

/// <summary>Notices that a peer stopped sending, and that what it sends is quiet.</summary>
struct Watchdog
{
    static readonly int[] ALawEnergy = Energies(G711.FromALaw), MuLawEnergy = Energies(G711.FromMuLaw);

    readonly long _quietEnergy;
    long _lostAfterNs, _silentAfterNs, _heardAtNs, _loudAtNs;
    bool _lost, _silent;

    public Watchdog(double silenceLevelDb) => _quietEnergy = (long)Math.Pow(short.MaxValue * Math.Pow(10, silenceLevelDb / 20), 2);

    public readonly bool IsListening => _silentAfterNs > 0;

    public void Set(TimeSpan? lostAfter, TimeSpan? silentAfter, long nowNs)
    {
        _lostAfterNs = (long)(lostAfter?.TotalNanoseconds ?? 0);
        _silentAfterNs = (long)(silentAfter?.TotalNanoseconds ?? 0);
        Restart(nowNs);
    }

    /// <summary>Counts anew: the peer's duty to send has changed.</summary>
    public void Restart(long nowNs)
    {
        (_heardAtNs, _loudAtNs) = (nowNs, nowNs);
        (_lost, _silent) = (false, false);
    }

    /// <summary>Any RTP came. True: it had been lost.</summary>
    public bool Heard(long nowNs)
    {
        _heardAtNs = nowNs;
        var resumed = _lost;
        _lost = false;
        return resumed;
    }

    public void Listen(Codec codec, ReadOnlySpan<byte> payload, long nowNs)
    {
        var table = codec == Codec.Pcma ? ALawEnergy : MuLawEnergy;
        var sum = 0L;
        foreach (var code in payload) sum += table[code];
        if (sum < _quietEnergy * payload.Length) return;
        _loudAtNs = nowNs;
        _silent = false;
    }

    /// <summary>True once per loss.</summary>
    public bool IsNewlyLost(long nowNs) => _lostAfterNs > 0 && !_lost && nowNs - _heardAtNs >= _lostAfterNs && (_lost = true);

    /// <summary>True once per stretch of quiet; no packets are quiet too.</summary>
    public bool IsNewlySilent(long nowNs) => _silentAfterNs > 0 && !_silent && nowNs - _loudAtNs >= _silentAfterNs && (_silent = true);

    static int[] Energies(Func<byte, short> decode)
    {
        var table = new int[256];
        for (var i = 0; i < 256; i++) table[i] = decode((byte)i) * decode((byte)i);
        return table;
    }
}
