namespace TeleCube.Load.Targets;

/// <summary>One caller or callee: the user part that is dialled or shown, and what it answers a digest challenge with.</summary>
sealed record TargetUser(string Name, string AuthenticationName, string Password)
{
    /// <summary>Who registers: the account, which may be dialled by a shorter name.</summary>
    public TargetUser Account => this with { Name = AuthenticationName };
}
