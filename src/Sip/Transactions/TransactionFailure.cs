namespace TeleCube.Sip.Transactions;

/// <summary>Why a client transaction ended without a final response.</summary>
public enum TransactionFailure
{
    /// <summary>No answer in time: to be taken as a 408 (RFC 3261 §8.1.3.1).</summary>
    Timeout,

    /// <summary>The request could not be sent: to be taken as a 503.</summary>
    Transport,
}
