namespace TeleCube.Actors.Billing;

/// <summary>
/// What a leg costs, exactly as PRODUCT §10 says: steps of seconds, net rounded half-up to 0.0001 once, VAT likewise, gross their sum.
/// </summary>
public static class Rating
{
    const int MoneyDecimals = 4;
    const decimal SecondsPerMinute = 60;

    /// <summary>
    /// One answered leg. <paramref name="talk"/> is the time from answer to end; a leg that was not answered costs nothing and is not
    /// rated.
    /// </summary>
    public static LegCharge OfLeg(TariffRow row, TimeSpan talk, decimal vatRate)
    {
        var seconds = ChargedSeconds(row, talk);
        return new LegCharge(row.Name, seconds, row.Net, Of(row.Net * seconds / SecondsPerMinute, vatRate));
    }

    public static Price OfSms(TariffRow row, decimal vatRate) => Of(row.Net, vatRate);

    /// <summary>The price of one minute or one SMS, as a quote shows it.</summary>
    public static Price PerUnit(TariffRow row, decimal vatRate) => Of(row.Net, vatRate);

    /// <summary>A call is the sum of its legs.</summary>
    public static Price OfCall(IEnumerable<LegCharge> legs) => legs.Aggregate(Price.Zero, (sum, leg) => sum + leg.Price);

    /// <summary>A begun second counts; an answered leg is charged the first step at least, then whole next steps.</summary>
    public static long ChargedSeconds(TariffRow row, TimeSpan talk)
    {
        var seconds = Math.Max(0, (talk.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);
        if (seconds <= row.FirstStepSeconds) return row.FirstStepSeconds;
        var beyond = seconds - row.FirstStepSeconds;
        return row.FirstStepSeconds + ((beyond + row.NextStepSeconds - 1) / row.NextStepSeconds * row.NextStepSeconds);
    }

    static Price Of(decimal exactNet, decimal vatRate)
    {
        var net = HalfUp(exactNet, MoneyDecimals);
        return new Price(net, HalfUp(net * vatRate, MoneyDecimals));
    }

    /// <summary>Half-up: prices are never negative, so away from zero is up.</summary>
    internal static decimal HalfUp(decimal amount, int decimals) => Math.Round(amount, decimals, MidpointRounding.AwayFromZero);
}
