namespace TeleCube.Kernel.Persistence;

/// <summary>A refused command: a kebab-case code that is the same in the actors, the API and the panel, and a text for people.</summary>
public sealed record Rejection(string Code, string? Detail = null);
