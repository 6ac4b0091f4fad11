using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;

namespace TeleCube.Actors.Calls.Model;

/// <summary>A request that was passed on to the other party and whose answer is to be passed back.</summary>
public sealed record PassedOn(ServerTransactionId Transaction, SipRequest Request);
