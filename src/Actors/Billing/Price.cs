namespace TeleCube.Actors.Billing;

/// <summary>An amount in the tariff's currency: gross is always net + VAT (PRODUCT §10).</summary>
public readonly record struct Price(decimal Net, decimal Vat)
{
    public static readonly Price Zero;

    public decimal Gross => Net + Vat;

    public static Price operator +(Price left, Price right) => new(left.Net + right.Net, left.Vat + right.Vat);

    public static Price Add(Price left, Price right) => left + right;
}
