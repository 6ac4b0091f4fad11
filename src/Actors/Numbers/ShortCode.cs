using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Numbers;

/// <summary>2 to 6 digits that stand for an external number: <c>*022#</c> in place of <c>*111222333#</c> (PRODUCT §2).</summary>
[JsonConverter(typeof(ShortCodeJsonConverter))]
public readonly record struct ShortCode
{
    public const int MinLength = 2;
    public const int MaxLength = 6;

    readonly string? _value;

    ShortCode(string value) => _value = value;

    public string Value => _value ?? "";

    /// <summary><c>*21*NR#</c> and its like begin with these (PRODUCT §11).</summary>
    public bool IsReserved => Value is "21" or "61" or "62" or "67";

    public static bool TryParse([NotNullWhen(true)] string? text, out ShortCode code)
    {
        code = default;
        if (text is not { Length: >= MinLength and <= MaxLength } || text.AsSpan().ContainsAnyExceptInRange('0', '9')) return false;
        code = new ShortCode(text);
        return true;
    }

    public override string ToString() => Value;
}

/// <summary>A short code is its digits in JSON.</summary>
public sealed class ShortCodeJsonConverter : TextJsonConverter<ShortCode>
{
    protected override bool TryParse(string text, out ShortCode value) => ShortCode.TryParse(text, out value);

    protected override string Print(ShortCode value) => value.Value;
}
