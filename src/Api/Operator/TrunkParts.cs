using TeleCube.Actors.Trunks;
using TeleCube.Api.Http;

namespace TeleCube.Api.Operator;

/// <summary>How we register at the carrier; the password stays if it is left out and the user is the same.</summary>
public sealed record TrunkRegistrationInput
{
    const int MaxText = 200;
    const int LeastSeconds = 30;
    const int MostSeconds = 86_400;
    const int DefaultSeconds = 600;

    public string? User { get; init; }

    public string? Password { get; init; }

    public string? Registrar { get; init; }

    public int? ExpiresSeconds { get; init; }

    internal TrunkRegistration ToRegistration(TrunkRegistration? old, Faults faults)
    {
        var user = faults.Required("registration.user", User, MaxText);
        var password = Password ?? (old?.User == user ? old.Password : null);
        var registrar = faults.Optional("registration.registrar", Registrar, MaxText);
        return new TrunkRegistration(user, faults.Required("registration.password", password, MaxText), registrar.Length == 0 ? null : registrar)
        {
            Expires = TimeSpan.FromSeconds(faults.Within("registration.expiresSeconds", ExpiresSeconds, LeastSeconds, MostSeconds, DefaultSeconds)),
        };
    }
}

/// <summary>User and password; the password stays if it is left out and the user is the same.</summary>
public sealed record TrunkCredentialsInput
{
    const int MaxText = 200;

    public string? User { get; init; }

    public string? Password { get; init; }

    internal TrunkCredentials ToCredentials(string field, TrunkCredentials? old, Faults faults)
    {
        var user = faults.Required(field + ".user", User, MaxText);
        return new TrunkCredentials(user, faults.Required(field + ".password", Password ?? (old?.User == user ? old.Password : null), MaxText));
    }
}

/// <summary>What may be shown through a trunk, and how.</summary>
public sealed record CallerIdInput
{
    public IdentityHeader? Asserted { get; init; }

    /// <summary>May numbers that are not ours go out, on forwarded calls?</summary>
    public bool AllowsForeign { get; init; }

    public PrivacyStyle? Privacy { get; init; }

    internal CallerIdPolicy ToPolicy() => new()
    {
        Asserted = Asserted ?? IdentityHeader.PAssertedIdentity,
        AllowsForeign = AllowsForeign,
        Privacy = Privacy ?? PrivacyStyle.PrivacyHeader,
    };
}

/// <summary>Which calls leave by a trunk and in which order it is tried.</summary>
public sealed record TrunkRoutingInput
{
    const int MaxPriority = 1000;

    /// <summary>First digits of E.164 numbers without the plus; without them, all.</summary>
    public IReadOnlyList<string>? Prefixes { get; init; }

    public int? Priority { get; init; }

    public int? Weight { get; init; }

    public bool CarriesShortNumbers { get; init; } = true;

    public bool CarriesEmergency { get; init; } = true;

    public IReadOnlyList<int>? FailoverCodes { get; init; }

    internal TrunkRouting ToRouting(Faults faults)
    {
        var plain = new TrunkRouting();
        foreach (var wrong in (Prefixes ?? []).Where(prefix => prefix.Length == 0 || !prefix.All(char.IsAsciiDigit)))
            faults.Add("routing.prefixes", $"'{wrong}' is not digits");
        foreach (var wrong in (FailoverCodes ?? []).Where(code => code is < 300 or > 699))
            faults.Add("routing.failoverCodes", $"{wrong} is no final response");
        return plain with
        {
            Prefixes = [.. Prefixes ?? []],
            Priority = faults.Within("routing.priority", Priority, 0, MaxPriority, plain.Priority),
            Weight = faults.Within("routing.weight", Weight, 1, MaxPriority, plain.Weight),
            CarriesShortNumbers = CarriesShortNumbers,
            CarriesEmergency = CarriesEmergency,
            FailoverCodes = FailoverCodes is null ? plain.FailoverCodes : [.. FailoverCodes],
        };
    }
}
