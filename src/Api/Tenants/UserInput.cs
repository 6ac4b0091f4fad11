using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;

namespace TeleCube.Api.Tenants;

/// <summary>A user of the panel; a new password ends the sessions that were made with the old one.</summary>
public record UserInput
{
    internal const int MaxPassword = 200;
    const int MinPassword = 10;
    const int MaxLogin = 100;
    const int MaxName = 100;

    public string? Login { get; init; }

    public string? Name { get; init; }

    public UserRole? Role { get; init; }

    public bool Disabled { get; init; }

    public string? Password { get; init; }

    internal (string Login, string Name, UserRole Role) Check(Faults faults, bool passwordRequired)
    {
        var login = faults.Required("login", Login, MaxLogin);
        if (login.Any(char.IsWhiteSpace)) faults.Add("login", "contains blanks");
        if (Role is null && !faults.Has("role")) faults.Add("role", "is required");
        if (Password is null && passwordRequired && !faults.Has("password")) faults.Add("password", "is required");
        if (Password is { Length: < MinPassword or > MaxPassword }) faults.Add("password", $"must have {MinPassword} to {MaxPassword} characters");
        return (login, faults.Required("name", Name, MaxName), Role ?? UserRole.Consultant);
    }
}

/// <summary>A new user; its id is chosen by the exchange if it is left out.</summary>
public sealed record NewUserInput : UserInput
{
    public string? Id { get; init; }
}
