namespace TeleCube.Sip.Transactions;

/// <summary>
/// The states of both server machines (RFC 3261 §17.2, RFC 6026 §7.1); <see cref="Acknowledged"/> is Accepted after the ACK.
/// </summary>
public enum ServerState : byte
{
    Trying,
    Proceeding,
    Accepted,
    Acknowledged,
    Completed,
    Confirmed,
    Terminated,
}
