namespace TeleCube.Actors.Trunks;

/// <summary>A user and a password that must be kept readable, since the other side chooses the realm.</summary>
public sealed record TrunkCredentials(string User, string Password)
{
    public override string ToString() => $"TrunkCredentials({User})";
}
