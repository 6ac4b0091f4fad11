using TeleCube.Actors.Calls.Model;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>A caller who is refused hears why: as early media, once, and then the final response (PRODUCT §3).</summary>
static class Announcing
{
    public const string Timer = "announcement";

    /// <summary>The media engine says when the prompt is over; should it not, the caller is not left waiting.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Ends the call; where there are words for the reason, the caller hears them first.</summary>
    public static void Refuse(Turn turn, EndCause cause)
    {
        if (PromptFor(cause) is { } prompt && turn.World.Prompt(turn.Call.Tenant, prompt) is not null
            && turn.Call[turn.Call.Waiting] is { } leg && Listens(leg))
            Begin(turn, leg, new SpokenRefusal(leg.Number, prompt, cause));
        else
            Ending.Call(turn, cause);
    }

    public static void Over(Turn turn)
    {
        if (turn.Call.Announcement is { } announcement) Ending.Call(turn, announcement.Cause);
    }

    static string? PromptFor(EndCause cause) =>
        cause == EndCause.NoSuchNumber ? "not-assigned"
        : cause == EndCause.UnknownCode ? "feature-unknown"
        : cause == EndCause.NothingToPickUp ? "nothing-to-pick-up"
        : cause == EndCause.NothingParked ? "nothing-parked"
        : null;

    /// <summary>An offer that was answered says where the audio goes: before its 200 a caller without one cannot be reached.</summary>
    static bool Listens(Leg leg) =>
        leg is
        {
            Role: LegRole.Uas, Live: true, Up: false, Received: not null,
            Media: { Negotiated: true, Direction: MediaDirection.SendReceive or MediaDirection.SendOnly }
        };

    static void Begin(Turn turn, Leg leg, SpokenRefusal announcement)
    {
        turn.Happen(new CallEvent.Announced(announcement, turn.Now));
        Ringing.Tell(turn, leg, 183, leg.Media, []);
        turn.Do(new CallEffect.StartTimer(Timer, Longest, new CallCommand.EndAnnouncement()));
    }
}
