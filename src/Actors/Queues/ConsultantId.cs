using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Queues;

/// <summary>
/// Names who takes calls of a queue: an extension (<c>10</c>) or one of the company's external numbers (<c>external:anna</c>).
/// </summary>
[JsonConverter(typeof(ConsultantIdJsonConverter))]
public readonly record struct ConsultantId : IComparable<ConsultantId>, IParsable<ConsultantId>
{
    const string ExternalPrefix = "external:";

    readonly string? _value;

    ConsultantId(string value) => _value = value;

    public string Value => _value ?? "";

    /// <summary>The extension that it is, or null.</summary>
    public ExtensionNumber? Extension => ExtensionNumber.TryParse(Value, out var number) ? number : null;

    /// <summary>The external number that it is, or null.</summary>
    public ExternalNumberId? External =>
        Value.StartsWith(ExternalPrefix, StringComparison.Ordinal) ? new ExternalNumberId(Value[ExternalPrefix.Length..]) : null;

    public static ConsultantId Of(ExtensionNumber extension) => new(extension.Value);

    public static ConsultantId Of(ExternalNumberId external) => new(ExternalPrefix + external.Value);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ConsultantId result)
    {
        result = new ConsultantId(s ?? "");
        return result.Extension is not null || (result.External is { } external && Identifier.IsValid(external.Value));
    }

    public static ConsultantId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"not a consultant: '{s}'");

    public int CompareTo(ConsultantId other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(ConsultantId left, ConsultantId right) => left.CompareTo(right) < 0;

    public static bool operator >(ConsultantId left, ConsultantId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ConsultantId left, ConsultantId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ConsultantId left, ConsultantId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;
}

/// <summary>A consultant's id is its text in JSON, also where it is a key.</summary>
public sealed class ConsultantIdJsonConverter : TextJsonConverter<ConsultantId>
{
    protected override bool TryParse(string text, out ConsultantId value) => ConsultantId.TryParse(text, null, out value);

    protected override string Print(ConsultantId value) => value.Value;
}
