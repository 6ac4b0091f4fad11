using TeleCube.Sip.Transactions;
using static TeleCube.Sip.Transactions.ClientInput;
using static TeleCube.Sip.Transactions.ClientState;

namespace TeleCube.Sip.Tests.Transactions;

/// <summary>RFC 3261 figure 5 with RFC 6026, row by row.</summary>
public sealed class InviteClientMachineTests
{
    public static readonly TheoryData<ClientState, ClientInput, ClientState, Do> Rows = new()
    {
        { Calling, Provisional, Proceeding, Do.PassUp | Do.StopAll },
        { Proceeding, Provisional, Proceeding, Do.PassUp },
        { Calling, Success, Accepted, Do.PassUp | Do.StopAll | Do.StartM },
        { Proceeding, Success, Accepted, Do.PassUp | Do.StopAll | Do.StartM },
        { Calling, Failure, Completed, Do.PassUp | Do.StopAll | Do.StartD | Do.Ack },
        { Proceeding, Failure, Completed, Do.PassUp | Do.StopAll | Do.StartD | Do.Ack },
        { Calling, TimerA, Calling, Do.Resend | Do.BackOffA },
        { Calling, TimerB, Terminated, Do.StopAll | Do.ReportTimeout },
        { Proceeding, TimerCancel, Terminated, Do.StopAll | Do.ReportTimeout },
        { Accepted, Success, Accepted, Do.PassUp },
        { Completed, Failure, Completed, Do.Ack },
        { Accepted, TimerM, Terminated, Do.None },
        { Completed, TimerD, Terminated, Do.None },
        { Calling, TransportFailed, Terminated, Do.StopAll | Do.ReportTransport },
        { Proceeding, TransportFailed, Terminated, Do.StopAll | Do.ReportTransport },
        { Completed, TransportFailed, Terminated, Do.StopAll | Do.ReportTransport },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_line_of_the_figure(ClientState state, ClientInput input, ClientState next, Do actions) =>
        Assert.Equal(new ClientStep(next, actions), InviteClientMachine.Next(state, input));

    [Fact]
    public void Every_other_pair_stays() => Others.Stay(Rows, InviteClientMachine.Next);
}
