using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// RFC 4028 as a B2BUA uses it: each leg has its own <see cref="SessionTimer"/>; a peer that knows no timers is refreshed by us.
/// </summary>
static class SessionTimers
{
    /// <summary>What the answer to our INVITE settled.</summary>
    public static SessionTimer AsUac(CallOptions options, SipResponse response) => SessionTimer.FromSuccess(response, options.SessionExpires);

    /// <summary>What we settle in our 2xx; writes the headers for it.</summary>
    public static SessionTimer? AsUas(CallOptions options, SipRequest request, SipResponse response)
    {
        var answer = SessionTimer.Answer(request, options.SessionExpires, options.MinSessionExpires);
        answer.WriteTo(response);
        return answer.Timer;
    }

    /// <summary>Our least interval when the peer asks for a shorter one (422), else null.</summary>
    public static MinSE? TooShort(CallOptions options, SipRequest request) =>
        SessionTimer.Answer(request, options.SessionExpires, options.MinSessionExpires).TooSmall is { } least ? new MinSE(least) : null;

    /// <summary>The headers of an UPDATE that asks for the same again.</summary>
    public static IEnumerable<(string Name, string Value)> AskAgain(CallOptions options, Leg leg)
    {
        var update = new SipRequest(SipMethod.Update, leg.Dialog!.RemoteTarget);
        leg.Timer?.AskAgain(update, options.MinSessionExpires);
        return update.Headers.Select(header => (header.Name.Text, header.Text));
    }

    public static void Start(Turn turn, int number)
    {
        turn.Do(new CallEffect.CancelTimer($"refresh-{number}"));
        turn.Do(new CallEffect.CancelTimer($"expire-{number}"));
        if (turn.Leg(number).Timer is not { } timer) return;

        if (timer.WeRefresh) turn.Do(new CallEffect.StartTimer($"refresh-{number}", timer.RefreshAfter, new CallCommand.Refresh(number)));
        else turn.Do(new CallEffect.StartTimer($"expire-{number}", timer.GiveUpAfter, new CallCommand.Expire(number)));
    }
}
