using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Announcements;

/// <summary>
/// Names what a caller may hear: an announcement of the tenant by its id, one of the exchange's own prompts as <c>prompt/NAME</c>, a class of music as
/// <c>music/NAME</c>, or a message that was left as <c>voicemail/FILE</c>; a scheme cannot name the last.
/// </summary>
[JsonConverter(typeof(SoundIdJsonConverter))]
public readonly record struct SoundId(string Value) : IParsable<SoundId>
{
    const string BuiltIn = "prompt/", OfMusic = "music/", Voicemail = "voicemail/";

    /// <summary>The name of the exchange's own prompt, or null where a tenant's announcement is meant.</summary>
    public string? Prompt => Value.StartsWith(BuiltIn, StringComparison.Ordinal) ? Value[BuiltIn.Length..] : null;

    /// <summary>The name of a class of music, or null: all its pieces, one after the other.</summary>
    public string? MusicClass => Value.StartsWith(OfMusic, StringComparison.Ordinal) ? Value[OfMusic.Length..] : null;

    /// <summary>The file of a message in the tenant's voicemail, or null.</summary>
    public string? Message => Value.StartsWith(Voicemail, StringComparison.Ordinal) ? Value[Voicemail.Length..] : null;

    public static SoundId OfMessage(string file) => new(Voicemail + file);

    public static SoundId Of(AnnouncementId announcement) => new(announcement.Value);

    public static SoundId OfPrompt(string name) => new(BuiltIn + name);

    public static SoundId OfMusicClass(string name) => new(OfMusic + name);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SoundId result)
    {
        result = new SoundId(s ?? "");
        return Identifier.IsValid(result.Prompt ?? result.MusicClass ?? result.Message ?? s);
    }

    public static SoundId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"not a sound's id: '{s}'");

    public override string ToString() => Value;
}

/// <summary>A sound's id is its text in JSON.</summary>
public sealed class SoundIdJsonConverter : TextJsonConverter<SoundId>
{
    protected override bool TryParse(string text, out SoundId value) => SoundId.TryParse(text, null, out value);

    protected override string Print(SoundId value) => value.Value;
}
