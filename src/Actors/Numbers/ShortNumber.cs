using System.Diagnostics.CodeAnalysis;

namespace TeleCube.Actors.Numbers;

/// <summary>A Polish number that is dialled as it is and never prefixed with +48: 116 xxx, 118 xxx, 19 xxx, 800/801/804 xxx xxx.</summary>
public readonly record struct ShortNumber
{
    readonly string? _value;

    ShortNumber(string value) => _value = value;

    public string Value => _value ?? "";

    public static bool TryParse([NotNullWhen(true)] string? text, out ShortNumber number)
    {
        number = default;
        if (text is null || text.AsSpan().ContainsAnyExceptInRange('0', '9') || !HasForm(text)) return false;
        number = new ShortNumber(text);
        return true;
    }

    static bool HasForm(string text) => text switch
    {
        ['1', '1', '6' or '8', ..] => text.Length == 6,
        ['1', '9', ..] => text.Length == 5,
        ['8', '0', '0' or '1' or '4', ..] => text.Length == 9,
        _ => false,
    };

    public override string ToString() => Value;
}
