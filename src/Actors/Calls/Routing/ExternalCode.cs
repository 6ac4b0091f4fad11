using System.Diagnostics.CodeAnalysis;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Routing;

/// <summary>
/// <c>*111222333#</c> and <c>*022#</c> (PRODUCT §2, §11): keys that stand for an external number of the tenant. Many phones take <c>#</c> as <i>send</i> and
/// keep it, so <c>*022</c> alone counts once it is over.
/// </summary>
public static class ExternalCode
{
    const int MostDigits = 17; // 00 and fifteen more, E.164 §6.1

    /// <summary>Whether the keys have the form of such a code, be it known or not.</summary>
    public static bool IsOne(string keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.Length >= 2 && MayBecomeOne(keys.EndsWith('#') ? keys[..^1] : keys);
    }

    /// <summary>A star and digits, to which more may come.</summary>
    public static bool MayBecomeOne(string keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys is ['*', ..] && keys.Length <= MostDigits + 1 && !keys.AsSpan(1).ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>Whether the keys are a telephone number, saved or not.</summary>
    public static bool IsWholeNumber(string keys, out E164 number)
    {
        number = default;
        return IsOne(keys) && DialledNumber.TryParsePublic(Digits(keys), out number);
    }

    public static bool TryFind(TenantState tenant, string keys, [NotNullWhen(true)] out ExternalNumber? external)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        external = null;
        if (!IsOne(keys)) return false;
        external = ShortCode.TryParse(Digits(keys), out var code) ? tenant.ExternalNumbers.Values.FirstOrDefault(saved => saved.ShortCode == code)
            : IsWholeNumber(keys, out var number) ? tenant.ExternalNumbers.Values.FirstOrDefault(saved => saved.Number == number)
            : null;
        return external is not null;
    }

    /// <summary>The keys that stand for a number whatever short code it has.</summary>
    public static string For(ExternalNumber external)
    {
        ArgumentNullException.ThrowIfNull(external);
        return $"*00{external.Number.Digits}#";
    }

    static string Digits(string keys) => keys.TrimStart('*').TrimEnd('#');
}
