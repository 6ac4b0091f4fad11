namespace TeleCube.Actors.Trunks;

/// <summary>How we register at a carrier; <paramref name="Registrar"/> null is the trunk's host.</summary>
public sealed record TrunkRegistration(string User, string Password, string? Registrar = null)
{
    public TimeSpan Expires { get; init; } = TimeSpan.FromMinutes(10);

    public override string ToString() => $"TrunkRegistration({User})";
}
