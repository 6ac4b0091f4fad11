namespace TeleCube.Scenarios.Tests.Given;

/// <summary>What needs the machine to itself: dozens of callers at once, or figures that are told. It runs when all else has ended.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
