using TeleCube.Sip.Transactions;
using static TeleCube.Sip.Transactions.ClientInput;
using static TeleCube.Sip.Transactions.ClientState;

namespace TeleCube.Sip.Tests.Transactions;

/// <summary>RFC 3261 figure 6, row by row.</summary>
public sealed class NonInviteClientMachineTests
{
    public static readonly TheoryData<ClientState, ClientInput, ClientState, Do> Rows = new()
    {
        { Trying, Provisional, Proceeding, Do.PassUp },
        { Proceeding, Provisional, Proceeding, Do.PassUp },
        { Trying, Success, Completed, Do.PassUp | Do.StopAll | Do.StartK },
        { Trying, Failure, Completed, Do.PassUp | Do.StopAll | Do.StartK },
        { Proceeding, Success, Completed, Do.PassUp | Do.StopAll | Do.StartK },
        { Proceeding, Failure, Completed, Do.PassUp | Do.StopAll | Do.StartK },
        { Trying, TimerE, Trying, Do.Resend | Do.BackOffE },
        { Proceeding, TimerE, Proceeding, Do.Resend | Do.SlowE },
        { Trying, TimerF, Terminated, Do.StopAll | Do.ReportTimeout },
        { Proceeding, TimerF, Terminated, Do.StopAll | Do.ReportTimeout },
        { Completed, TimerK, Terminated, Do.None },
        { Trying, TransportFailed, Terminated, Do.StopAll | Do.ReportTransport },
        { Proceeding, TransportFailed, Terminated, Do.StopAll | Do.ReportTransport },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_line_of_the_figure(ClientState state, ClientInput input, ClientState next, Do actions) =>
        Assert.Equal(new ClientStep(next, actions), NonInviteClientMachine.Next(state, input));

    [Fact]
    public void Every_other_pair_stays() => Others.Stay(Rows, NonInviteClientMachine.Next);
}
