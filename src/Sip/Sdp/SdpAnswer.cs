namespace TeleCube.Sip.Sdp;

/// <summary>Makes answers (RFC 3264 §6): as many lines as the offer in the same order, one audio line taken, all others refused.</summary>
public static class SdpAnswer
{
    /// <summary>The answer by the plan; null if nothing in the offer suits it (488 Not Acceptable Here).</summary>
    public static SessionDescription? Audio(SessionDescription offer, SdpOrigin origin, AudioPlan plan)
    {
        var lines = new List<MediaDescription>(offer.Media.Count);
        var taken = false;
        foreach (var offered in offer.Media)
        {
            var accepted = taken ? null : Accept(offer, offered, plan);
            taken |= accepted is not null;
            lines.Add(accepted ?? offered.Refused());
        }
        if (!taken) return null;
        return new(origin) { Connection = SdpConnection.To(plan.Address), Times = offer.Times, Media = lines };
    }

    /// <summary>Of the offer, the audio line that this answer of ours takes.</summary>
    public static MediaDescription TakenLine(SessionDescription offer, SessionDescription answer) =>
        offer.Media[answer.Media.TakeWhile(line => !line.IsAudio || line.IsRefused).Count()];

    static MediaDescription? Accept(SessionDescription offer, MediaDescription offered, AudioPlan plan)
    {
        if (!offered.IsAudio || offered.IsRefused) return null;
        var codecs = Common(offered.Codecs, plan);
        if (!codecs.Exists(c => c.IsSpeech) || !TryKey(offered, plan, out var crypto)) return null;
        var direction = SdpDirections.AnswerTo(offer.DirectionOf(offered), plan.Direction);
        var line = SdpOffer.Line(plan, offered.Protocol, codecs, crypto, direction, plan.RtcpMux && offered.RtcpMux);
        return offered.Mid is { } mid ? line.WithAttribute("mid", mid) : line;
    }

    // The offer's numbers in the offer's order (RFC 3264 §6.1).
    static List<SdpCodec> Common(IReadOnlyList<SdpCodec> offered, AudioPlan plan)
    {
        var common = new List<SdpCodec>();
        foreach (var codec in offered)
        {
            if (plan.Codecs.FirstOrDefault(codec.Matches) is not { } ours) continue;
            if (plan.OneCodec && codec.IsSpeech && common.Exists(c => c.IsSpeech)) continue;
            common.Add(codec with { Format = ours.Format });
        }
        return common;
    }

    // RFC 4568 §5.1.2: one of the offered crypto lines, with its tag and suite and our key. DTLS has no place here.
    static bool TryKey(MediaDescription offered, AudioPlan plan, out IReadOnlyList<SdpCrypto> crypto)
    {
        crypto = [];
        var protocol = offered.Protocol.ToUpperInvariant();
        if (protocol is "RTP/AVP" or "RTP/AVPF") return !plan.RequireEncryption;
        if (protocol is not ("RTP/SAVP" or "RTP/SAVPF")) return false;
        foreach (var candidate in offered.Cryptos)
        {
            if (!candidate.IsPlain) continue;
            if (plan.Cryptos.FirstOrDefault(c => c.Suite == candidate.Suite) is not { } ours) continue;
            crypto = [ours with { Tag = candidate.Tag }];
            return true;
        }
        return false;
    }
}
