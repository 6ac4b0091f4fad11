namespace TeleCube.Actors.Billing;

/// <summary>The tariff of a fresh installation, from its embedded CSV.</summary>
public static class DemoTariff
{
    const string EmbeddedName = "TeleCube.Actors.Billing.demo-tariff.csv";

    public static readonly TariffId Id = new("standard");

    public static Tariff Create()
    {
        using var stream = typeof(DemoTariff).Assembly.GetManifestResourceStream(EmbeddedName)!;
        using var text = new StreamReader(stream);
        var result = TariffCsv.Parse(text);
        if (result.Errors.Count > 0) throw new InvalidDataException($"{EmbeddedName}: {result.Errors[0]}");
        return new Tariff(Id, "Standard", 1) { Rows = result.Rows, Vat = [new VatRate(new DateOnly(2011, 1, 1), 0.23m)] };
    }
}
