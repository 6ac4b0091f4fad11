using TeleCube.Api.Http;

namespace TeleCube.Api.Tenants;

/// <summary>A password for the phones of an extension.</summary>
public sealed record PasswordInput
{
    const int Least = 6;
    const int Most = 128;

    public string? Password { get; init; }

    internal static string Check(string? password, Faults faults)
    {
        if (password is null && !faults.Has("password")) faults.Add("password", "is required");
        else if (password is { Length: < Least or > Most }) faults.Add("password", $"must have {Least} to {Most} characters");
        else if (password?.Any(char.IsControl) == true) faults.Add("password", "contains control characters");
        return password ?? "";
    }
}
