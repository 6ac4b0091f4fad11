namespace TeleCube.Sip.Transactions;

/// <summary>What can happen to a client transaction: a class of response, a timer, a failure of the transport.</summary>
public enum ClientInput : byte
{
    Provisional,
    Success,
    Failure,
    TimerA,
    TimerB,
    TimerD,
    TimerE,
    TimerF,
    TimerK,
    TimerM,
    TimerCancel,
    TransportFailed,
}
