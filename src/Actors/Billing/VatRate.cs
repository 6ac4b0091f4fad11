namespace TeleCube.Actors.Billing;

/// <summary>A VAT rate (0.23 for 23 %) and the day, in Poland's time, from which it holds.</summary>
public sealed record VatRate(DateOnly From, decimal Rate);
