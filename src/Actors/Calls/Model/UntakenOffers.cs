namespace TeleCube.Actors.Calls.Model;

/// <summary>How often a consultant of a queue was rung in vain for one caller, the last times left out, which are legs of the call.</summary>
public sealed record UntakenOffers(string Queue, string Consultant, int Legs, DateTimeOffset FirstAt, DateTimeOffset LastAt);
