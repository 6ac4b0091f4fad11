using System.Globalization;

namespace TeleCube.Actors.Billing;

/// <summary>Amounts as people and the API read them.</summary>
public static class MoneyText
{
    const decimal GroszePerZloty = 100;

    /// <summary>For screens, in grosze half-up to 0.1: 0.0615 zł is <c>6,2</c> (PRODUCT §10).</summary>
    public static string Grosze(decimal zloty) =>
        Rating.HalfUp(zloty * GroszePerZloty, 1).ToString("0.0", CultureInfo.InvariantCulture).Replace('.', ',');

    /// <summary>For the API: a decimal string with four places.</summary>
    public static string Api(decimal zloty) => zloty.ToString("0.0000", CultureInfo.InvariantCulture);
}
