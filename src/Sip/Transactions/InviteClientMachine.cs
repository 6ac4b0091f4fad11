using static TeleCube.Sip.Transactions.ClientInput;
using static TeleCube.Sip.Transactions.ClientState;

namespace TeleCube.Sip.Transactions;

/// <summary>INVITE client transaction, RFC 3261 §17.1.1.2 figure 5 with RFC 6026 §7.2 (the Accepted state).</summary>
public static class InviteClientMachine
{
#pragma warning disable format // the columns are the figure
    public static ClientStep Next(ClientState state, ClientInput input) => (state, input) switch
    {
        (Calling, Provisional)               => new(Proceeding, Do.PassUp | Do.StopAll),
        (Proceeding, Provisional)            => new(Proceeding, Do.PassUp),
        (Calling or Proceeding, Success)     => new(Accepted, Do.PassUp | Do.StopAll | Do.StartM),
        (Calling or Proceeding, Failure)     => new(Completed, Do.PassUp | Do.StopAll | Do.StartD | Do.Ack),
        (Calling, TimerA)                    => new(Calling, Do.Resend | Do.BackOffA),
        (Calling, TimerB)                    => new(Terminated, Do.StopAll | Do.ReportTimeout),
        (Proceeding, TimerCancel)            => new(Terminated, Do.StopAll | Do.ReportTimeout), // RFC 3261 §9.1, the last paragraph
        (Accepted, Success)                  => new(Accepted, Do.PassUp),                       // a repeated 2xx or a fork; the user ACKs
        (Completed, Failure)                 => new(Completed, Do.Ack),
        (Accepted, TimerM)                   => new(Terminated),
        (Completed, TimerD)                  => new(Terminated),
        (Calling or Proceeding or Completed,
            TransportFailed)                 => new(Terminated, Do.StopAll | Do.ReportTransport),
        _                                    => new(state),                                     // a late packet is not an error
    };
#pragma warning restore format
}
