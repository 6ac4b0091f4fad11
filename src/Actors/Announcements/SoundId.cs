using System.Diagnostics.CodeAnalysis;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Announcements;

/// <summary>Names what can be played to a tenant's callers: the id of an announcement, or <c>prompt/NAME</c> for a built-in prompt.</summary>
public readonly record struct SoundId(string Value)
{
    const string PromptPrefix = "prompt/";

    public static SoundId Of(AnnouncementId announcement) => new(announcement.Value);

    public static SoundId OfPrompt(string name) => new(PromptPrefix + name);

    public static bool TryParse([NotNullWhen(true)] string? text, out SoundId sound)
    {
        sound = new SoundId(text ?? "");
        return Identifier.IsValid(text) || sound.Prompt is { } prompt && Identifier.IsValid(prompt);
    }

    /// <summary>The built-in prompt that it names; null if it is an announcement.</summary>
    public string? Prompt => Value.StartsWith(PromptPrefix, StringComparison.Ordinal) ? Value[PromptPrefix.Length..] : null;

    public override string ToString() => Value;
}
