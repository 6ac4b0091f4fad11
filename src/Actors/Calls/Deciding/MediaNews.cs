using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Schemes;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>What the media engine tells a call.</summary>
static class MediaNews
{
    public static void Heard(Turn turn, MediaEvent happened)
    {
        switch (happened)
        {
            case MediaEvent.Failed(var stream, var reason) when LegOf(turn, stream) is { } leg:
                Ending.Leg(turn, leg.Number, EndCause.NoMedia with { Text = $"The media engine refused the stream: {reason}" });
                break;
            case MediaEvent.Lost(var stream) when LegOf(turn, stream) is { } leg && MediaPlan.MustSend(turn.Call, leg): // it may have crossed the hold
                Ending.Leg(turn, leg.Number, EndCause.MediaLost);
                break;
            case MediaEvent.PlayEnded ended when LegOf(turn, ended.Stream) is { } leg: Played(turn, leg, ended); break;
            case MediaEvent.DtmfSent(var stream) when LegOf(turn, stream) is { } leg: DigitsAfterAnswer.Pressed(turn, leg); break;
            case MediaEvent.Silent(var stream) when LegOf(turn, stream) is { } leg: InMailbox.Silent(turn, leg); break;
            case MediaEvent.Dtmf { Held: true } key when LegOf(turn, key.Stream) is { } leg:
                FeatureKeys.Pressed(turn, leg, key.Digit, heard: key.InAudio);
                break;
            case MediaEvent.Dtmf(var stream, var digit, _) when LegOf(turn, stream) is { } leg:
                turn.Do(new CallEffect.Note("dtmf", $"leg {leg.Number} pressed a key"));
                if (!PressOne.TryKey(turn, leg, digit)) InScheme.TryKey(turn, leg, digit);
                break;
        }
    }

    /// <summary>Only the play in force is reported (<see cref="TeleCube.Actors.Calls.Media.CallMedia.IsStale"/>).</summary>
    static void Played(Turn turn, Leg leg, MediaEvent.PlayEnded ended)
    {
        if (ended.Fault is { } fault) turn.Do(new CallEffect.Note("not-played", $"leg {leg.Number}: {fault}"));
        if (turn.Call.Announcement?.Leg == leg.Number) Announcing.Over(turn);
        else if (turn.Call.Parking?.Tells == leg.Number) ParkedCalls.Told(turn);
        else if (turn.Call.Scheme?.Wait is SchemeWait.Playing && turn.Call.Waiting == leg.Number) InScheme.Hear(turn, new ElementNews.Played());
        else if (turn.Call.Scheme?.Wait is SchemeWait.Queueing && turn.Call.Waiting == leg.Number) QueueSounds.Over(turn);
    }

    static Leg? LegOf(Turn turn, StreamId stream) =>
        turn.Call.Legs.FirstOrDefault(leg => leg is { Live: true, Media: not null } && leg.Media.Stream == stream.Value);
}
