namespace TeleCube.Actors.Calls.Model;

/// <summary>Seen from the tenant.</summary>
public enum CallDirection { Internal, Incoming, Outgoing }
