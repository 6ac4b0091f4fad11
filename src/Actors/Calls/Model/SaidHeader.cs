namespace TeleCube.Actors.Calls.Model;

/// <summary>A header field that a far end said as it ended its leg, for the other party to hear.</summary>
public sealed record SaidHeader(string Name, string Value);
