namespace TeleCube.Sip.Transactions;

/// <summary>What can happen to a server transaction: a (repeated) request, an ACK, a response of the user, a timer.</summary>
public enum ServerInput : byte
{
    Request,
    Ack,
    Provisional,
    Success,
    Failure,
    TryingDue,
    RepeatDue,
    TimerG,
    TimerH,
    TimerI,
    TimerJ,
    TimerL,
    TooLate,
    TransportFailed,
}
