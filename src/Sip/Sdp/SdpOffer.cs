using System.Globalization;

namespace TeleCube.Sip.Sdp;

/// <summary>Makes offers (RFC 3264 §5).</summary>
public static class SdpOffer
{
    /// <summary>One audio line by the plan.</summary>
    public static SessionDescription Audio(SdpOrigin origin, AudioPlan plan) =>
        new(origin) { Connection = SdpConnection.To(plan.Address), Media = [AudioLine(plan)] };

    /// <summary>
    /// A new offer in a session that has one: its lines keep their number and order (RFC 3264 §8), the audio line follows the plan,
    /// all others stay refused; the version grows by one, or not at all if nothing changed.
    /// </summary>
    public static SessionDescription Again(SessionDescription previous, AudioPlan plan)
    {
        var audioAt = previous.Media.Select((m, i) => (m, i)).Where(p => p.m.IsAudio).Select(p => p.i).DefaultIfEmpty(-1).First();
        if (previous.Audio is { } current) audioAt = previous.Media.ToList().IndexOf(current);
        var lines = previous.Media.Select((m, i) => i == audioAt ? AudioLine(plan) : m.Refused()).ToList();
        if (audioAt < 0) lines.Add(AudioLine(plan));
        var next = previous with { Connection = SdpConnection.To(plan.Address), Media = lines };
        return next.HasContentOf(previous) ? previous : next.WithOrigin(previous.Origin.Next());
    }

    static MediaDescription AudioLine(AudioPlan plan)
    {
        var protocol = plan.Cryptos.Count > 0 ? "RTP/SAVP" : "RTP/AVP";
        return Line(plan, protocol, plan.Codecs, plan.Cryptos, plan.Direction, plan.RtcpMux);
    }

    internal static MediaDescription Line(
        AudioPlan plan, string protocol, IReadOnlyList<SdpCodec> codecs, IReadOnlyList<SdpCrypto> cryptos, SdpDirection direction, bool rtcpMux)
    {
        var line = new MediaDescription("audio", plan.Port, protocol, []).WithCodecs(codecs);
        var attributes = line.Attributes.Add("ptime", plan.PacketTime.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        foreach (var crypto in cryptos) attributes = attributes.Add("crypto", crypto.ToString());
        if (rtcpMux) attributes = attributes.Add("rtcp-mux");
        return line with { Attributes = attributes.Add(direction.Text()) };
    }
}
