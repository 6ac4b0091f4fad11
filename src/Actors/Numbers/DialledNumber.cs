using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Numbers;

/// <summary>What a sequence of digits means when a person in Poland dials it; its text is canonical and parses back to itself.</summary>
[JsonConverter(typeof(DialledNumberJsonConverter))]
public abstract record DialledNumber
{
    DialledNumber() { }

    /// <summary>2 to 4 digits: an extension, queue or group of the tenant.</summary>
    public sealed record Internal(ExtensionNumber Number) : DialledNumber
    {
        public override string ToString() => Number.Value;
    }

    /// <summary>A number of the world's plan, Polish ones included.</summary>
    public sealed record Public(E164 Number) : DialledNumber
    {
        public override string ToString() => Number.Value;
    }

    public sealed record Short(ShortNumber Number) : DialledNumber
    {
        public override string ToString() => Number.Value;
    }

    public sealed record Emergency(EmergencyNumber Number) : DialledNumber
    {
        public override string ToString() => Number.Value;
    }

    /// <summary>For logs.</summary>
    public string Masked => NumberMask.Of(ToString());

    /// <summary>As it is kept in records: in full where it is a number, else as it was typed, save what is no character.</summary>
    public static string Canonical(string typed) => TryParse(typed, out var number) ? number.ToString()! : ShownText.Of(typed).Trim();

    /// <summary>
    /// Reads what was dialled or typed; blanks, <c>-</c>, <c>.</c>, <c>/</c> and brackets between the digits are dropped (PRODUCT §7, §11).
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DialledNumber? number)
    {
        number = null;
        if (!DialledDigits.TryStrip(text, out var digits, out var international)) return false;
        number = international ? World(digits) : National(digits);
        return number is not null;
    }

    /// <summary>
    /// Reads a public number only, as forms and trunks give it: 9 digits, <c>48…</c>, <c>0048…</c>, <c>+48…</c>, <c>00…</c>, <c>+…</c>.
    /// </summary>
    public static bool TryParsePublic([NotNullWhen(true)] string? text, out E164 number)
    {
        number = TryParse(text, out var dialled) && dialled is Public(var found) ? found : default;
        return number != default;
    }

    static DialledNumber? World(string digits)
    {
        if (!digits.StartsWith("48", StringComparison.Ordinal))
            return E164.TryParse("+" + digits, out var foreign) ? new Public(foreign) : null;
        var national = digits[2..];
        // 800/801/804 carry no country code, so +48 800 xxx xxx is the same short number. PRODUCT §11
        // No number of the world's plan; some phones put the country's code before whatever is dialled, and help must not fail for it.
        if (EmergencyNumber.TryParse(national, out var emergency)) return new Emergency(emergency);
        if (national.Length == 9 && ShortNumber.TryParse(national, out var shortNumber)) return new Short(shortNumber);
        return Polish(national);
    }

    static DialledNumber? National(string digits)
    {
        if (EmergencyNumber.TryParse(digits, out var emergency)) return new Emergency(emergency);
        if (ExtensionNumber.TryParse(digits, out var extension)) return new Internal(extension);
        if (ShortNumber.TryParse(digits, out var shortNumber)) return new Short(shortNumber);
        return digits.Length == 11 && digits.StartsWith("48", StringComparison.Ordinal) ? World(digits) : Polish(digits);
    }

    static Public? Polish(string national) =>
        national.Length == 9 && national[0] != '0' && E164.TryParse("+48" + national, out var number) ? new Public(number) : null;
}

/// <summary>A dialled number is its canonical text in JSON.</summary>
public sealed class DialledNumberJsonConverter : TextJsonConverter<DialledNumber>
{
    protected override bool TryParse(string text, out DialledNumber value) => DialledNumber.TryParse(text, out value!);

    protected override string Print(DialledNumber value) => value.ToString()!;
}
