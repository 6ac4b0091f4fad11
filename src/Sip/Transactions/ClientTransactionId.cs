using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Transactions;

/// <summary>
/// Names a client transaction: our branch and the method (RFC 3261 §17.1.3). The same
/// seed and method give the same id, also after a restart.
/// </summary>
public readonly record struct ClientTransactionId(string Value)
{
    internal static ClientTransactionId Of(string branch, SipMethod method) => new($"{branch}|{method.Name}");

    public override string ToString() => Value;
}
