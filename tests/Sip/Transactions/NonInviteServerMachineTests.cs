using TeleCube.Sip.Transactions;
using static TeleCube.Sip.Transactions.ServerInput;
using static TeleCube.Sip.Transactions.ServerState;

namespace TeleCube.Sip.Tests.Transactions;

/// <summary>RFC 3261 figure 8 with RFC 4320, row by row.</summary>
public sealed class NonInviteServerMachineTests
{
    public static readonly TheoryData<ServerState, ServerInput, ServerState, Do> Rows = new()
    {
        { Trying, TryingDue, Proceeding, Do.SendTrying },
        { Proceeding, Request, Proceeding, Do.Resend },
        { Trying, Success, Completed, Do.StopAll | Do.Send | Do.StartJ },
        { Trying, Failure, Completed, Do.StopAll | Do.Send | Do.StartJ },
        { Proceeding, Success, Completed, Do.StopAll | Do.Send | Do.StartJ },
        { Proceeding, Failure, Completed, Do.StopAll | Do.Send | Do.StartJ },
        { Trying, TooLate, Terminated, Do.StopAll },
        { Proceeding, TooLate, Terminated, Do.StopAll },
        { Completed, Request, Completed, Do.Resend },
        { Completed, TimerJ, Terminated, Do.None },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_line_of_the_figure(ServerState state, ServerInput input, ServerState next, Do actions) =>
        Assert.Equal(new ServerStep(next, actions), NonInviteServerMachine.Next(state, input));

    [Fact]
    public void Every_other_pair_stays() => Others.Stay(Rows, NonInviteServerMachine.Next);
}
