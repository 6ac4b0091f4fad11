using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>What the stack gives back with each answer to a request of a call: whose it was, and what it was for.</summary>
public sealed record SentContext(EntityId Call, int Leg, string Seed, SipMethod Method, object? For = null);
