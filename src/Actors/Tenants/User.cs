namespace TeleCube.Actors.Tenants;

/// <summary>A person who signs in to the panel; the login is unique on the platform.</summary>
public sealed record User(UserId Id, string Login, string Name, UserRole Role, PasswordHash Password)
{
    public bool Disabled { get; init; }

    public long Version { get; init; }
}

/// <summary>What a user or a token may do; each role may do what the ones before it may.</summary>
public enum UserRole { Consultant, Supervisor, Administrator }
