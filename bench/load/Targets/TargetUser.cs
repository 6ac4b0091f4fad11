namespace TeleCube.Load.Targets;

/// <summary>One caller or callee: the user part that is dialled or shown, and what it answers a digest challenge with.</summary>
sealed record TargetUser(string Name, string AuthenticationName, string Password);
