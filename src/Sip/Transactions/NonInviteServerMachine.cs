using static TeleCube.Sip.Transactions.ServerInput;
using static TeleCube.Sip.Transactions.ServerState;

namespace TeleCube.Sip.Transactions;

/// <summary>Non-INVITE server transaction, RFC 3261 §17.2.2 figure 8 with RFC 4320 (no early 100, no answer that comes too late).</summary>
public static class NonInviteServerMachine
{
#pragma warning disable format // the columns are the figure
    public static ServerStep Next(ServerState state, ServerInput input) => (state, input) switch
    {
        (Trying, TryingDue)                         => new(Proceeding, Do.SendTrying),     // RFC 4320 §4.1
        (Proceeding, Request)                       => new(Proceeding, Do.Resend),
        (Trying or Proceeding, Success or Failure)  => new(Completed, Do.StopAll | Do.Send | Do.StartJ),
        (Trying or Proceeding, TooLate)             => new(Terminated, Do.StopAll),        // RFC 4320 §4.2: the client gave up long ago
        (Completed, Request)                        => new(Completed, Do.Resend),
        (Completed, TimerJ)                         => new(Terminated),
        _                                           => new(state),
    };
#pragma warning restore format
}
