namespace TeleCube.Actors.Registrations;

/// <summary>How registrations are taken.</summary>
public sealed record RegistrarOptions
{
    /// <summary>The realm of the phones' passwords; changing it makes every password void.</summary>
    public string Realm { get; init; } = "telecube";

    /// <summary>For a phone that asks for no time.</summary>
    public TimeSpan DefaultExpires { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan MinExpires { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan MaxExpires { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Phones of one extension; the one that was heard longest ago makes room for a new one.</summary>
    public int MaxContacts { get; init; } = 10;
}
