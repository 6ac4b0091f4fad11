using static TeleCube.Sip.Transactions.ClientInput;
using static TeleCube.Sip.Transactions.ClientState;

namespace TeleCube.Sip.Transactions;

/// <summary>Non-INVITE client transaction, RFC 3261 §17.1.2.2 figure 6.</summary>
public static class NonInviteClientMachine
{
#pragma warning disable format // the columns are the figure
    public static ClientStep Next(ClientState state, ClientInput input) => (state, input) switch
    {
        (Trying or Proceeding, Provisional)         => new(Proceeding, Do.PassUp),
        (Trying or Proceeding, Success or Failure)  => new(Completed, Do.PassUp | Do.StopAll | Do.StartK),
        (Trying, TimerE)                            => new(Trying, Do.Resend | Do.BackOffE),
        (Proceeding, TimerE)                        => new(Proceeding, Do.Resend | Do.SlowE),
        (Trying or Proceeding, TimerF)              => new(Terminated, Do.StopAll | Do.ReportTimeout),
        (Completed, TimerK)                         => new(Terminated),
        (Trying or Proceeding, TransportFailed)     => new(Terminated, Do.StopAll | Do.ReportTransport),
        _                                           => new(state), // a repeated final response is absorbed
    };
#pragma warning restore format
}
