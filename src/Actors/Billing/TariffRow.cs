namespace TeleCube.Actors.Billing;

/// <summary>One line of a tariff: what a minute or an SMS costs net, and in which steps of seconds a call is charged.</summary>
public sealed record TariffRow(
    TariffKey Key, string Name, decimal Net, TariffUnit Unit = TariffUnit.Minute, int FirstStepSeconds = 1, int NextStepSeconds = 1);

/// <summary>What is counted and paid for.</summary>
public enum TariffUnit { Minute, Sms }
