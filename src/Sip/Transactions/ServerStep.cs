namespace TeleCube.Sip.Transactions;

/// <summary>The next state of a server transaction and what to do on the way.</summary>
public readonly record struct ServerStep(ServerState State, Do Actions = Do.None);
