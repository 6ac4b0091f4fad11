using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Numbers;

/// <summary>
/// Keys that the exchange presses by itself (PRODUCT §2): <c>0-9 * #</c>, <c>,</c> waits one second, <c>;</c> three. It may be a customer's id or a PIN, so
/// its text is never printed.
/// </summary>
[JsonConverter(typeof(DtmfSequenceJsonConverter))]
public readonly record struct DtmfSequence
{
    public const int MaxLength = 64;

    const string Keys = "0123456789*#,;";
    const int KeyMs = 200; // 100 ms on, 100 ms off

    readonly string? _value;

    DtmfSequence(string value) => _value = value;

    /// <summary>The keys themselves: for the wire, the journal and an administrator only.</summary>
    public string Value => _value ?? "";

    /// <summary>How long it takes to press them, or what is left of them after so many.</summary>
    public TimeSpan Length(int pressed = 0) => TimeSpan.FromMilliseconds(Value.Skip(pressed).Sum(key => key switch { ',' => 1000, ';' => 3000, _ => KeyMs }));

    /// <summary>What is pressed after so many: the pauses before the next key, and that key.</summary>
    public string Next(int pressed) =>
        Value.AsSpan(pressed).IndexOfAnyExcept(',', ';') is >= 0 and var key ? Value.Substring(pressed, key + 1) : Value[pressed..];

    public static bool TryParse([NotNullWhen(true)] string? text, out DtmfSequence sequence)
    {
        sequence = default;
        if (text is not { Length: > 0 and <= MaxLength } || text.Any(key => !Keys.Contains(key, StringComparison.Ordinal))) return false;
        sequence = new DtmfSequence(text);
        return true;
    }

    public override string ToString() => new('*', Value.Length);
}

/// <summary>A sequence of keys is its text in JSON.</summary>
public sealed class DtmfSequenceJsonConverter : TextJsonConverter<DtmfSequence>
{
    protected override bool TryParse(string text, out DtmfSequence value) => DtmfSequence.TryParse(text, out value);

    protected override string Print(DtmfSequence value) => value.Value;
}
