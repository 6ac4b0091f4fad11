using System.Diagnostics.CodeAnalysis;

namespace TeleCube.Actors.Numbers;

/// <summary>
/// 112, 981, 984–987 and 991–999: never refused from an extension, never reachable by anything but a direct call (PRODUCT §11).
/// </summary>
public readonly record struct EmergencyNumber
{
    /// <summary>With the code before it and blanks between the digits: longer is no emergency number, and every INVITE is looked at.</summary>
    const int MostDialled = 16;

    readonly string? _value;

    EmergencyNumber(string value) => _value = value;

    public string Value => _value ?? "";

    public static bool TryParse([NotNullWhen(true)] string? text, out EmergencyNumber number)
    {
        number = default;
        if (text is not ("112" or "981" or ['9', '8', >= '4' and <= '7'] or ['9', '9', >= '1' and <= '9'])) return false;
        number = new EmergencyNumber(text);
        return true;
    }

    /// <summary>True if a phone that dials this calls for help: what the dial plan makes of it, with the caller's number hidden or not.</summary>
    public static bool IsDialled(string? text) =>
        text is { Length: >= 3 and <= MostDialled }
            && DialledNumber.TryParse(HiddenNumber.Behind(text, out _), out var number) && number is DialledNumber.Emergency;

    public override string ToString() => Value;
}
