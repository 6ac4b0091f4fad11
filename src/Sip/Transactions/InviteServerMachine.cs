using static TeleCube.Sip.Transactions.ServerInput;
using static TeleCube.Sip.Transactions.ServerState;

namespace TeleCube.Sip.Transactions;

/// <summary>
/// INVITE server transaction, RFC 3261 §17.2.1 figure 7 with RFC 6026 §7.1; repeating the 2xx (§13.3.1.4) is its work too.
/// </summary>
public static class InviteServerMachine
{
#pragma warning disable format // the columns are the figure
    public static ServerStep Next(ServerState state, ServerInput input) => (state, input) switch
    {
        (Proceeding, Request)      => new(Proceeding, Do.Resend),
        (Proceeding, TryingDue)    => new(Proceeding, Do.SendTrying),
        (Proceeding, Provisional)  => new(Proceeding, Do.StopResend | Do.Send),
        (Proceeding, Success)      => new(Accepted, Do.StopAll | Do.Send | Do.StartRepeat | Do.StartL),
        (Proceeding, Failure)      => new(Completed, Do.StopAll | Do.Send | Do.StartG | Do.StartH),
        (Accepted, RepeatDue)      => new(Accepted, Do.Resend | Do.BackOffRepeat),
        (Accepted, Ack)            => new(Acknowledged, Do.StopResend | Do.PassUp),
        (Accepted, TimerL)         => new(Terminated, Do.StopAll | Do.ReportAckMissing),
        (Acknowledged, TimerL)     => new(Terminated),
        (Completed, Request)       => new(Completed, Do.Resend),
        (Completed, TimerG)        => new(Completed, Do.Resend | Do.BackOffG),
        (Completed, Ack)           => new(Confirmed, Do.StopAll | Do.StartI),
        (Completed, TimerH)        => new(Terminated, Do.StopAll),
        (Confirmed, TimerI)        => new(Terminated),
        _                          => new(state), // also a failed send: the state outlives it (RFC 6026 §7.1)
    };
#pragma warning restore format
}
