namespace TeleCube.Actors.Calls.Model;

/// <summary>What the caller of a leg hears, once, before the call ends with that cause; <paramref name="Prompt"/> is the name of a voice prompt.</summary>
public sealed record SpokenRefusal(int Leg, string Prompt, EndCause Cause);
