using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Schemes;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Media;

/// <summary>
/// What one stream shall do: where it is bound, how it is configured, whom it is connected to and what its peer hears instead.
/// </summary>
public sealed record StreamPlan(StreamId Stream, int Port, MediaCommand.Configure? Format, StreamId? ConnectedTo, PlaySource? Playing)
{
    /// <summary>Of the address that our session description names.</summary>
    public AddressFamily Family { get; init; } = AddressFamily.InterNetwork;

    /// <summary>Its peer's keys may be a code for the exchange.</summary>
    public bool HoldsKeys { get; init; }

    /// <summary>Its peer has to send: who does not is gone.</summary>
    public bool MustSend { get; init; }

    /// <summary>What is recorded of its peer, by name.</summary>
    public string? Recording { get; init; }

    /// <summary>Tells one playing of a source from the next of the same.</summary>
    public int PlayingSerial { get; init; }
}

/// <summary>
/// The media that a state of the call asks for. Nobody keeps account of media commands: the plan is made anew from the state and
/// compared with the one that is in force, so a recovered call gets its media by the same code as a new one.
/// </summary>
public static class MediaPlan
{
    public static ImmutableArray<StreamPlan> For(
        CallState call, StreamId? partner, bool partnerHolds, PlaySource music, PlaySource? prompt = null, PlaySource? question = null) =>
        call.Phase is CallPhase.Over or CallPhase.Closed or CallPhase.New
            ? []
            : [.. call.Legs.Where(leg => leg is { Live: true, Media: not null })
                .Select(leg => Plan(call, leg, partner, partnerHolds, music, prompt, question))];

    static StreamPlan Plan(CallState call, Leg leg, StreamId? partner, bool partnerHolds, PlaySource music, PlaySource? prompt, PlaySource? question)
    {
        var media = leg.Media!;
        var stream = new StreamId(media.Stream);
        var configure = media.Negotiated ? Configure(stream, leg, media, takenUp: call.Recoveries > 0) : null;
        var joined = call.JoinedLeg?.Number == leg.Number;
        var talks = call.PeerOf(leg.Number);
        var peer = joined ? null : talks is { Live: true } ? talks : EarlyPeer(call, leg);
        var connectedTo = joined ? partner : peer is { Live: true, Media.Negotiated: true } ? new StreamId(peer.Media.Stream) : (StreamId?)null;
        var playing = call.Scheme?.Wait as SchemeWait.Playing as SchemeWait ?? call.Scheme?.Wait as SchemeWait.Queueing;
        var prompted = call.Announcement?.Leg == leg.Number || call.Parking?.Tells == leg.Number
            || (playing is not null && call.Waiting == leg.Number && media.Negotiated);
        var heard = leg is { AwaitsKey: true } ? question : prompted ? prompt : Heard(call, leg, peer, joined && partnerHolds, music);
        return new StreamPlan(stream, media.Port, configure, media.Negotiated ? connectedTo : null, heard)
        {
            Family = media.Family,
            HoldsKeys = FeatureKeys.Listens(call, leg),
            MustSend = MustSend(call, leg) && !(joined && partnerHolds),
            PlayingSerial = prompted ? playing?.Serial ?? 0 : 0,
            Recording = RecordingOf(call, leg, media),
        };
    }

    /// <summary>Nobody need send anything before the answer, nor to a party on hold; who calls for help is not hung up on for silence.</summary>
    public static bool MustSend(CallState call, Leg leg) =>
        !call.Emergency && leg is { Up: true, HeldByPeer: false, HeldByUs: false, Media.Direction: MediaDirection.SendReceive }
        && call.PeerOf(leg.Number) is not ({ HeldByPeer: true } or { HeldByUs: true });

    static string? RecordingOf(CallState call, Leg leg, LegMedia media) =>
        call.Scheme?.Wait is SchemeWait.Recording recording && call.Waiting == leg.Number && media.Negotiated ? recording.Id : null;

    static PlaySource? Heard(CallState call, Leg leg, Leg? peer, bool partnerHolds, PlaySource music)
    {
        if (!leg.Media!.Negotiated) return null;
        if (call.Parking?.Leg == leg.Number) return music;
        if (leg.HeldByUs || partnerHolds || peer is { HeldByPeer: true } or { HeldByUs: true }) return music;

        var waits = (leg.Up || call.Legs.Any(other => other is { Live: true, IsPreparing: true }))
            && call.Waiting == leg.Number && call.Trying is not null && peer is null;
        return waits ? new PlaySource.Tone(ToneKind.RingBack) : null;
    }

    /// <summary>
    /// Before the answer the waiting leg hears the one far end that sends early media; with several forks it would be a babble, so none.
    /// </summary>
    static Leg? EarlyPeer(CallState call, Leg leg)
    {
        if (call.Trying is null or RouteStep.RingConsultants) return null; // who waits in a queue hears its music
        var early = call.Legs.Where(other => other is { Live: true, EarlyMedia: true, Up: false } && other.Step == call.Step).Take(2).ToList();
        if (early.Count != 1) return null;
        return leg.Number == call.Waiting ? early[0] : leg.Number == early[0].Number ? call[call.Waiting] : null;
    }

    static MediaCommand.Configure Configure(StreamId stream, Leg leg, LegMedia media, bool takenUp) => new(
        stream,
        new StreamFormat(media.Codec, media.PayloadType, media.TelephoneEvent, FrameMs: media.FrameMs),
        new RemoteMedia(
            new IPEndPoint(IPAddress.Parse(media.RemoteAddress!), media.RemotePort),
            new IPEndPoint(IPAddress.Parse(media.RemoteAddress!), media.RemoteRtcpPort),
            media.RtcpMux)
        {
            Signalling = media.SignalledFrom is { } moved ? IPAddress.Parse(moved) : leg.Target.Remote.Address,
            Answered = leg.Up,
        },
        media.Direction,
        media.CryptoSuite is { } suite && media.RemoteKey is { } remote
            ? new Keying.Sdes(suite, Convert.FromBase64String(media.LocalKey!), Convert.FromBase64String(remote)) { TakenUp = takenUp }
            : Keying.None.Instance);
}
