using TeleCube.Actors.Billing;

namespace TeleCube.Actors.Calls.Model;

/// <summary>What a leg is charged as: the number, and the tariff's row and VAT rate as they were when it was dialled.</summary>
public sealed record BilledNumber(string Number, TariffRow Row, decimal VatRate);
