namespace TeleCube.Sip.Sdp;

/// <summary>What our side brings to an audio stream: where it listens, what it speaks, how it is keyed.</summary>
public sealed record AudioPlan(string Address, int Port)
{
    /// <summary>In order of preference; telephone-event among them if DTMF is wanted.</summary>
    public IReadOnlyList<SdpCodec> Codecs { get; init; } = [SdpCodec.Pcma, SdpCodec.Pcmu, SdpCodec.TelephoneEvent];

    public SdpDirection Direction { get; init; } = SdpDirection.SendRecv;

    public TimeSpan PacketTime { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Our SDES keys, one for each suite that we can do; none means RTP in the clear only.</summary>
    public IReadOnlyList<SdpCrypto> Cryptos { get; init; } = [];

    /// <summary>Nothing in the clear is offered or accepted.</summary>
    public bool RequireEncryption { get; init; }

    public bool RtcpMux { get; init; }

    /// <summary>Answer with one codec only, so that the stream does not change in mid-call.</summary>
    public bool OneCodec { get; init; }
}
