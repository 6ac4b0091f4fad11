using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TeleCube.Actors.Numbers;

namespace TeleCube.Api.Http;

/// <summary>Collects what is wrong with a request, so that its sender hears of every field at once.</summary>
public sealed class Faults
{
    const decimal MaxAmount = 1_000_000;
    const int MaxDecimals = 4;

    readonly SortedDictionary<string, List<string>> _byField = new(StringComparer.Ordinal);

    public bool Any => _byField.Count > 0;

    public void Add(string field, string text)
    {
        if (!_byField.TryGetValue(field, out var texts)) _byField[field] = texts = [];
        texts.Add(text);
    }

    /// <summary>True if the field, or something in it, could not even be read; nothing more is said of it then.</summary>
    public bool Has(string field) =>
        _byField.Keys.Any(
            known => known == field || known.StartsWith(field + ".", StringComparison.Ordinal) || known.StartsWith(field + "[", StringComparison.Ordinal));

    public Refused ToRefusal() => Refused.Fields(_byField.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray()));

    /// <summary>A text that must be there, trimmed.</summary>
    public string Required(string field, string? value, int max)
    {
        if (value is null || value.All(PlainText.IsUnseen))
        {
            if (!Has(field)) Add(field, "is required");
            return "";
        }

        return Optional(field, value, max);
    }

    public string Optional(string field, string? value, int max)
    {
        var text = value?.Trim() ?? "";
        if (text.Length > max) Add(field, $"has {text.Length} characters, at most {max} are allowed");
        if (text.Any(char.IsControl)) Add(field, "contains control characters");
        else if (text.Any(PlainText.Rearranges)) Add(field, "contains characters that break the line or turn the text around");
        return text;
    }

    public int Within(string field, int? value, int least, int most, int otherwise)
    {
        if (value is not { } given) return otherwise;
        if (given >= least && given <= most) return given;
        Add(field, $"must be {least} to {most}");
        return otherwise; // what is reckoned with it must not overflow before the fault is told
    }

    /// <summary>An amount as a decimal string of at most four places; absent is zero.</summary>
    public decimal Amount(string field, string? value, bool required = false)
    {
        if (value is null)
        {
            if (required && !Has(field)) Add(field, "is required");
            return 0;
        }

        if (decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount <= MaxAmount && decimal.Round(amount, MaxDecimals) == amount) return amount;
        Add(field, "is not an amount such as \"0.0500\", of at most four decimals");
        return 0;
    }

    /// <summary>An id that a person chooses.</summary>
    public string Identifier(string field, string? value)
    {
        if (Actors.Text.Identifier.IsValid(value)) return value;
        if (!Has(field)) Add(field, value is null ? "is required" : "must be 1 to 64 of a-z, 0-9, '-' and '_', beginning with a letter or digit");
        return "";
    }

    /// <summary>A public number as a person writes it; null and empty are none.</summary>
    public E164? Number(string field, string? value, bool required = false)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            if (required && !Has(field)) Add(field, "is required");
            return null;
        }

        if (DialledNumber.TryParsePublic(value, out var number)) return number;
        Add(field, "is not a phone number: give 9 digits, or + or 00 and the country code");
        return null;
    }

    /// <summary>Anything that can be dialled.</summary>
    public DialledNumber? Dialled(string field, string? value, bool required = false)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            if (required && !Has(field)) Add(field, "is required");
            return null;
        }

        if (DialledNumber.TryParse(value, out var number)) return number;
        Add(field, "is neither an extension nor a phone number");
        return null;
    }

    public bool Extension(string field, string? value, [NotNullWhen(true)] out ExtensionNumber? number)
    {
        number = ExtensionNumber.TryParse(value, out var found) ? found : null;
        if (number is null && !Has(field)) Add(field, value is null ? "is required" : "must be 2 to 4 digits and no emergency number");
        return number is not null;
    }
}
