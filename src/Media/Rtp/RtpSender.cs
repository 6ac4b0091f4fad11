namespace TeleCube.Media.Rtp;

/// <summary>
/// Our outgoing stream: one SSRC whose sequence and timestamps stay continuous whoever feeds it (a relayed peer, a player, digits).
/// A new source starts at the next sequence number, at the time that has really passed, with the marker bit.
/// </summary>
struct RtpSender
{
    const int MaxDropout = 3000, MaxMisorder = 100;

    ulong _source;
    ushort _sequence, _floor, _lastIn, _sequenceOffset;
    uint _timestamp, _timestampOffset;
    int _samples;
    long _sentAtNs;
    readonly int _clockRateHz;

    public RtpSender(int clockRateHz, uint ssrc, ushort sequence, uint timestamp)
    {
        (_clockRateHz, Ssrc, _sequence, _timestamp) = (clockRateHz, ssrc, sequence, timestamp);
    }

    public uint Ssrc { get; }

    /// <summary>Under this SSRC; RTCP reports these.</summary>
    public long Packets { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>
    /// The first sequence number below 2^15, so that an SRTP peer that misses the first packets still guesses the roll-over right (RFC 3711 §3.3.1).
    /// </summary>
    public static RtpSender Create(int clockRateHz, Random random) =>
        new(clockRateHz, (uint)random.NextInt64(1, uint.MaxValue), (ushort)random.Next(1, 0x8000), (uint)random.NextInt64(uint.MaxValue));

    /// <summary>
    /// The next packet of a relayed source, in our numbers: its losses and its order are kept visible. False: it came too late, its number belongs to
    /// another source.
    /// </summary>
    public bool Map(ulong source, ushort sequence, uint timestamp, int samples, long nowNs, out RtpNumbers numbers)
    {
        var jump = (short)(sequence - _lastIn);
        var fresh = source != _source || jump is < -MaxMisorder or >= MaxDropout;
        if (fresh)
        {
            BeginSource(source, nowNs);
            _sequenceOffset = (ushort)(_sequence + 1 - sequence);
            _timestampOffset = unchecked(_timestamp - timestamp);
            _floor = (ushort)(_sequence + 1);
        }
        if (fresh || jump > 0) _lastIn = sequence;
        numbers = new((ushort)(sequence + _sequenceOffset), unchecked(timestamp + _timestampOffset), fresh);
        return (short)(numbers.Sequence - _floor) >= 0;
    }

    /// <summary>A packet of the relayed source that is not passed on: the gap is closed, the peer must not count it as lost.</summary>
    public void Skip(ulong source, ushort sequence)
    {
        if (source != _source || (short)(sequence - _lastIn) <= 0) return;
        _lastIn = sequence;
        _sequenceOffset--;
    }

    /// <summary>The next packet of a source of our own.</summary>
    public RtpNumbers Next(ulong source, int samples, long nowNs)
    {
        var fresh = source != _source;
        if (fresh) BeginSource(source, nowNs);
        else (_timestamp, _sentAtNs) = (_timestamp + (uint)samples, nowNs);
        return new((ushort)(_sequence + 1), _timestamp, fresh);
    }

    /// <summary>A further packet at the same instant as the last (RFC 4733: every packet of an event has its start's timestamp).</summary>
    public readonly RtpNumbers Again(uint timestamp) => new((ushort)(_sequence + 1), timestamp, false);

    /// <summary>Time that passes without packets, in a source of our own.</summary>
    public void Advance(int samples) => _timestamp += (uint)samples;

    public void Sent(in RtpNumbers numbers, int samples, int bytes, long nowNs)
    {
        Packets++;
        Bytes += bytes;
        if ((short)(numbers.Sequence - _sequence) <= 0) return; // a reordered packet
        _sequence = numbers.Sequence;
        if ((short)(_sequence - _floor) > 1000) _floor = (ushort)(_sequence - 1000);
        _samples = samples;
        if ((int)(numbers.Timestamp - _timestamp) > 0) (_timestamp, _sentAtNs) = (numbers.Timestamp, nowNs);
    }

    /// <summary>What is sent next is a new talk spurt: sending was forbidden or the source was taken away.</summary>
    public void Interrupt() => _source = 0;

    /// <summary>The media time of now, for sender reports.</summary>
    public readonly uint TimestampAt(long nowNs) => unchecked(_timestamp + (uint)Elapsed(nowNs));

    void BeginSource(ulong source, long nowNs)
    {
        if (Packets > 0) _timestamp += (uint)Math.Max(_samples, Elapsed(nowNs));
        (_source, _sentAtNs) = (source, nowNs);
    }

    readonly long Elapsed(long nowNs) => Packets == 0 ? 0 : (nowNs - _sentAtNs) / 1000 * (_clockRateHz / 1000) / 1000;
}

/// <summary>The numbers of one outgoing packet; Fresh: the first of its source, so it carries the marker bit.</summary>
readonly record struct RtpNumbers(ushort Sequence, uint Timestamp, bool Fresh);
