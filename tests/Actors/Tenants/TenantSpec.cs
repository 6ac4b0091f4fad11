using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Sharding;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Tenants;

/// <summary>A company with two extensions and two numbers, to begin specifications with.</summary>
static class TenantSpec
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    public static readonly TenantId Id = new("firmaabcde");
    public static readonly Tariff Tariff = DemoTariff.Create();
    public static readonly E164 Landline = E164.Parse("+48943401128");
    public static readonly E164 ReceiveOnly = E164.Parse("+48943401129");
    public static readonly E164 Stranger = E164.Parse("+48111222333");
    public static readonly ExtensionNumber Ten = ExtensionNumber.Parse("10");
    public static readonly ExtensionNumber Eleven = ExtensionNumber.Parse("11");
    public static readonly TenantProfile Profile = new(Id, "Firma ABCDE", "firmaabcde", "Europe/Warsaw", new("premium"), Tariff.Id, TenantStatus.Active, 1);
    public static readonly PriceQuote Quote = new(
        Id, Stranger, "Polska Stacjonarne", Tariff.Id, Tariff.Version, new Price(0.05m, 0.0115m), Now + PriceQuote.Lifetime);

    public static Spec<TenantState, TenantCommand, TenantEvent> Empty() => At(Now);

    public static Spec<TenantState, TenantCommand, TenantEvent> Company() => Company(Now);

    public static Spec<TenantState, TenantCommand, TenantEvent> Company(DateTimeOffset now) => At(now).Given(
        new TenantEvent.Adopted(Profile),
        new TenantEvent.PhoneNumberAdded(new PhoneNumber(Landline)),
        new TenantEvent.PhoneNumberAdded(new PhoneNumber(ReceiveOnly) { ReceiveOnly = true }),
        new TenantEvent.ExtensionSaved(new Extension(Ten)),
        new TenantEvent.ExtensionSaved(new Extension(Eleven)));

    public static DialledNumber Dialled(string text) =>
        DialledNumber.TryParse(text, out var number) ? number : throw new ArgumentException($"not a number: {text}", nameof(text));

    static Spec<TenantState, TenantCommand, TenantEvent> At(DateTimeOffset now) => new(
        TenantState.Initial, (state, command) => Tenant.Decide(state, command, new TenantContext(now, NumberingPlan.Embedded, Tariff)), Tenant.Apply);
}
