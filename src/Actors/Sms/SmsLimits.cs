namespace TeleCube.Actors.Sms;

/// <summary>
/// How many SMS schemes may send within a time. <paramref name="PerCaller"/> is for a number that a caller merely claims, <paramref name="PerReceiver"/> for one that
/// stands in a scheme, <paramref name="PerCompany"/> for all SMS of a company's schemes.
/// </summary>
public sealed record SmsLimits(TimeSpan Within, int PerCaller, int PerReceiver, int PerCompany)
{
    public static readonly SmsLimits Default = new(TimeSpan.FromHours(1), 3, 60, 300);
}
