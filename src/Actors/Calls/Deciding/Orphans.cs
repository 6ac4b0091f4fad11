using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>Requests for dialogs that are not, or no longer: 481 (RFC 3261 §12.2.2).</summary>
static class Orphans
{
    public static void Answer(Turn turn, CallCommand.Request request) =>
        turn.Do(new CallEffect.Respond(request.Transaction, SipResponse.For(request.Message, 481)));
}
