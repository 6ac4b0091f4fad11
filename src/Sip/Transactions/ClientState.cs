namespace TeleCube.Sip.Transactions;

/// <summary>The states of both client machines (RFC 3261 §17.1, RFC 6026 §7.2).</summary>
public enum ClientState : byte
{
    Calling,
    Trying,
    Proceeding,
    Accepted,
    Completed,
    Terminated,
}
