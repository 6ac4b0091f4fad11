using TeleCube.Sip.Transactions;
using static TeleCube.Sip.Transactions.ServerInput;
using static TeleCube.Sip.Transactions.ServerState;

namespace TeleCube.Sip.Tests.Transactions;

/// <summary>RFC 3261 figure 7 with RFC 6026 and the repeated 2xx of §13.3.1.4, row by row.</summary>
public sealed class InviteServerMachineTests
{
    public static readonly TheoryData<ServerState, ServerInput, ServerState, Do> Rows = new()
    {
        { Proceeding, Request, Proceeding, Do.Resend },
        { Proceeding, TryingDue, Proceeding, Do.SendTrying },
        { Proceeding, Provisional, Proceeding, Do.StopResend | Do.Send },
        { Proceeding, Success, Accepted, Do.StopAll | Do.Send | Do.StartRepeat | Do.StartL },
        { Proceeding, Failure, Completed, Do.StopAll | Do.Send | Do.StartG | Do.StartH },
        { Accepted, RepeatDue, Accepted, Do.Resend | Do.BackOffRepeat },
        { Accepted, Ack, Acknowledged, Do.StopResend | Do.PassUp },
        { Accepted, TimerL, Terminated, Do.StopAll | Do.ReportAckMissing },
        { Acknowledged, TimerL, Terminated, Do.None },
        { Completed, Request, Completed, Do.Resend },
        { Completed, TimerG, Completed, Do.Resend | Do.BackOffG },
        { Completed, Ack, Confirmed, Do.StopAll | Do.StartI },
        { Completed, TimerH, Terminated, Do.StopAll },
        { Confirmed, TimerI, Terminated, Do.None },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_line_of_the_figure(ServerState state, ServerInput input, ServerState next, Do actions) =>
        Assert.Equal(new ServerStep(next, actions), InviteServerMachine.Next(state, input));

    [Fact]
    public void Every_other_pair_stays() => Others.Stay(Rows, InviteServerMachine.Next);
}
