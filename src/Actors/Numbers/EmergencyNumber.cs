using System.Diagnostics.CodeAnalysis;

namespace TeleCube.Actors.Numbers;

/// <summary>
/// 112, 981, 984–987 and 991–999: never refused from an extension, never reachable by anything but a direct call (PRODUCT §11).
/// </summary>
public readonly record struct EmergencyNumber
{
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

    public override string ToString() => Value;
}
