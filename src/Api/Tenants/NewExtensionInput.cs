namespace TeleCube.Api.Tenants;

/// <summary>A new extension; without a password no phone can register to it.</summary>
public sealed record NewExtensionInput : ExtensionInput
{
    /// <summary>2 to 4 digits.</summary>
    public string? Number { get; init; }

    public string? Password { get; init; }
}
