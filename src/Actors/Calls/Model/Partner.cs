namespace TeleCube.Actors.Calls.Model;

/// <summary>One leg of this call talks with one leg of another.</summary>
public sealed record Partner(CallId Call, int Leg);
