namespace TeleCube.Actors.Billing;

/// <summary>The cost of one leg as it goes into the CDR: destination, seconds charged, net price per minute, and the amount.</summary>
public sealed record LegCharge(string Destination, long ChargedSeconds, decimal NetPerMinute, Price Price);
