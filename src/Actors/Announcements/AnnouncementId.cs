using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Announcements;

/// <summary>Names an announcement within its tenant.</summary>
[JsonConverter(typeof(AnnouncementIdJsonConverter))]
public readonly record struct AnnouncementId(string Value) : IComparable<AnnouncementId>, IParsable<AnnouncementId>
{
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AnnouncementId result)
    {
        result = new AnnouncementId(s ?? "");
        return Identifier.IsValid(s);
    }

    public static AnnouncementId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"not an announcement's id: '{s}'");

    public int CompareTo(AnnouncementId other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(AnnouncementId left, AnnouncementId right) => left.CompareTo(right) < 0;

    public static bool operator >(AnnouncementId left, AnnouncementId right) => left.CompareTo(right) > 0;

    public static bool operator <=(AnnouncementId left, AnnouncementId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(AnnouncementId left, AnnouncementId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;
}

/// <summary>An announcement's id is its text in JSON.</summary>
public sealed class AnnouncementIdJsonConverter : TextJsonConverter<AnnouncementId>
{
    protected override bool TryParse(string text, out AnnouncementId value) => AnnouncementId.TryParse(text, null, out value);

    protected override string Print(AnnouncementId value) => value.Value;
}
