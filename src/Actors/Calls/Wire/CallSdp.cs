using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Media.Messages;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Sdp;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>
/// Offer and answer (RFC 3264) of one leg. Media is always anchored here, so each leg is negotiated for
/// itself; where the two legs end up with different codecs the media engine converts.
/// </summary>
static class CallSdp
{
    const ulong RecoveryJump = 1000;

    public static LegMedia New(StreamSlot slot, CallId call, int leg) => new()
    {
        Stream = slot.Stream.Value,
        Port = slot.Port,
        Address = slot.Address,
        LocalKey = slot.Key,
        SessionId = XxHash64.HashToUInt64(Encoding.ASCII.GetBytes($"{call}-{leg}")) >> 2, // a numeric string that fits 63 bits
        Version = 1,
    };

    /// <summary>The family of the offer's address, or where it makes none, of the way by which it came.</summary>
    public static AddressFamily FamilyOf(SipRequest invite, SipFlow flow) =>
        invite.Sdp is { } session && AudioStream.Of(session) is { } audio && IPAddress.TryParse(audio.Address, out var address)
            ? address.AddressFamily
            : flow.Remote.AddressFamily;

    /// <summary>Our offer: PCMA and PCMU, the preferred one first, and telephone-event; SRTP where the signalling is secure.</summary>
    public static LegMedia Offer(LegMedia media, bool secure, Codec preferred)
    {
        var keyed = media with { CryptoSuite = secure ? SdpCrypto.AesCm80 : null };
        return keyed with { LocalSdp = SdpOffer.Audio(Origin(keyed, keyed.Version), Plan(keyed, SdpDirection.SendRecv, preferred)).ToString() };
    }

    /// <summary>Answers the peer's offer; false with a text for people where nothing in it suits us (488).</summary>
    public static bool TryAnswer(LegMedia media, SipMessage offer, bool secure, [NotNullWhen(true)] out LegMedia? answered, out string fault)
    {
        (answered, fault) = (null, "the session description cannot be read");
        if (offer.Sdp is not { Audio: not null } session) return false;

        var version = media.LocalSdp is null ? media.Version : media.Version + 1;
        var plan = Plan(media, SdpDirection.SendRecv, default) with
        {
            Cryptos = secure && media.LocalKey is { } key ? [Crypto(SdpCrypto.AesCm80, key), Crypto(SdpCrypto.AesCm32, key)] : [],
        };
        if (SdpAnswer.Audio(session, Origin(media, version), plan) is not { } answer)
        {
            fault = "PCMA or PCMU is needed" + (AudioStream.Of(session) is { IsSecure: true } && !secure ? "; SRTP needs TLS signalling" : "");
            return false;
        }

        // Of several lines, as in best-effort SRTP, the one that was taken says where to send and under which key.
        if (AudioStream.Of(session, SdpAnswer.TakenLine(session, answer)) is not { } audio || !TryAddress(media, audio, ref fault)) return false;
        var line = answer.Audio!;
        var ours = line.IsSecure ? line.Cryptos[0] : null;
        var theirs = ours is null ? null : audio.Cryptos.First(crypto => crypto.IsPlain && crypto.Tag == ours.Tag && crypto.Suite == ours.Suite);
        var taken = With(media with { CryptoSuite = ours?.Suite }, audio, line.Codecs, answer.DirectionOf(line), theirs);
        var same = media.LocalSdp is { } earlier && SessionDescription.Parse(earlier).HasContentOf(answer);
        answered = same ? taken with { LocalSdp = media.LocalSdp } : taken with { LocalSdp = answer.ToString(), Version = version };
        return true;
    }

    /// <summary>Takes the peer's answer to our offer.</summary>
    public static bool TryTakeAnswer(LegMedia media, SipMessage answer, [NotNullWhen(true)] out LegMedia? taken, out string fault)
    {
        (taken, fault) = (null, "the answer has no session description that can be read");
        if (answer.Sdp is not { } session || AudioStream.Of(session) is not { } audio || !TryAddress(media, audio, ref fault)) return false;

        fault = "the answer takes none of the codecs that were offered";
        var ours = SessionDescription.Parse(media.LocalSdp!).Audio!;
        var common = audio.Codecs.Where(codec => ours.Codecs.Any(codec.Matches)).ToList();
        var crypto = media.CryptoSuite is { } suite && audio.IsSecure ? audio.Cryptos.FirstOrDefault(crypto => crypto.Suite == suite && crypto.IsPlain) : null;
        if (!common.Exists(codec => codec.IsSpeech) || (media.CryptoSuite is not null && crypto is null)) return false;
        taken = With(media, audio, common, Narrowed(ours.Direction ?? SdpDirection.SendRecv, audio.Direction), crypto);
        return true;
    }

    /// <summary>What we offer when the peer sends a re-INVITE without an offer: the same again.</summary>
    public static LegMedia Reoffer(LegMedia media) =>
        media.LocalSdp is null ? Offer(media, media.CryptoSuite is not null, default) : media;

    /// <summary>
    /// The leg on another stream of ours; with a new description its version jumps, since later ones may not be in the journal.
    /// </summary>
    public static LegMedia Moved(LegMedia media, StreamSlot slot, bool newDescription)
    {
        var moved = media with { Stream = slot.Stream.Value, Port = slot.Port, Address = slot.Address };
        if (!newDescription || media.LocalSdp is null) return moved;

        // Our key stays: the new stream's SSRC makes another key stream of it (RFC 3711 §9.1), and there are phones that pass a new key over (baresip 1.0).
        var renewed = moved with { Version = media.Version + RecoveryJump };
        var previous = SessionDescription.Parse(media.LocalSdp);
        var again = SdpOffer.Again(previous, Plan(renewed, Direction(media.Direction), media.Codec)).WithOrigin(Origin(renewed, renewed.Version));
        return renewed with { LocalSdp = again.ToString() };
    }

    /// <summary>The peer does not want to hear us.</summary>
    public static bool IsHeld(LegMedia media) => media.Direction is MediaDirection.ReceiveOnly or MediaDirection.Inactive;

    public static bool Offers(SipMessage message) => !message.Body.IsEmpty && message.Sdp is not null;

    public static void Put(SipMessage message, string sdp) => message.SetBody(SessionDescription.ContentType, Encoding.UTF8.GetBytes(sdp));

    static LegMedia With(LegMedia media, AudioStream audio, IReadOnlyList<SdpCodec> common, SdpDirection direction, SdpCrypto? theirs)
    {
        var speech = common.First(codec => codec.IsSpeech);
        return media with
        {
            RemoteAddress = audio.Address,
            RemotePort = audio.Port,
            RemoteRtcpPort = audio.RtcpPort,
            RtcpMux = audio.RtcpMux,
            Codec = speech.Matches(SdpCodec.Pcma) ? Codec.Pcma : Codec.Pcmu,
            PayloadType = (byte)speech.PayloadType,
            TelephoneEvent = (byte?)common.FirstOrDefault(codec => codec.IsTelephoneEvent)?.PayloadType,
            FrameMs = audio.PacketTime is { TotalMilliseconds: >= 10 and <= 60 } time ? (int)time.TotalMilliseconds : 20,
            Direction = Direction(direction),
            RemoteKey = theirs?.KeyAndSalt is { } key ? Convert.ToBase64String(key) : null,
        };
    }

    static AudioPlan Plan(LegMedia media, SdpDirection direction, Codec preferred) => new(media.Address, media.Port)
    {
        Codecs = preferred is Codec.Pcmu ? [SdpCodec.Pcmu, SdpCodec.Pcma, SdpCodec.TelephoneEvent] : [SdpCodec.Pcma, SdpCodec.Pcmu, SdpCodec.TelephoneEvent],
        Direction = direction,
        Cryptos = media is { CryptoSuite: { } suite, LocalKey: { } key } ? [Crypto(suite, key)] : [],
        OneCodec = true,
    };

    static SdpCrypto Crypto(string suite, string key) => SdpCrypto.Create(1, suite, Convert.FromBase64String(key));

    static SdpOrigin Origin(LegMedia media, ulong version) => new(media.SessionId, version, media.Address);

    static bool TryAddress(LegMedia media, AudioStream audio, ref string fault)
    {
        if (!IPAddress.TryParse(audio.Address, out var address)) fault = $"c= must be an IP address, not {audio.Address}";
        else if (address.AddressFamily != media.Family) fault = $"c= must be of the family of {media.Address}, not {audio.Address}";
        else return true;
        return false;
    }

    /// <summary>Our direction after the answer: what we offered, less what the peer does not take.</summary>
    static SdpDirection Narrowed(SdpDirection ours, SdpDirection theirs) => ours & theirs.Reversed();

    static MediaDirection Direction(SdpDirection direction) => (direction.Sends(), direction.Receives()) switch
    {
        (true, true) => MediaDirection.SendReceive,
        (true, false) => MediaDirection.SendOnly,
        (false, true) => MediaDirection.ReceiveOnly,
        _ => MediaDirection.Inactive,
    };

    static SdpDirection Direction(MediaDirection direction) => direction switch
    {
        MediaDirection.SendReceive => SdpDirection.SendRecv,
        MediaDirection.SendOnly => SdpDirection.SendOnly,
        MediaDirection.ReceiveOnly => SdpDirection.RecvOnly,
        _ => SdpDirection.Inactive,
    };
}
