namespace TeleCube.Sip.Transactions;

/// <summary>The next state of a client transaction and what to do on the way.</summary>
public readonly record struct ClientStep(ClientState State, Do Actions = Do.None);
