using System.Collections.Frozen;

namespace TeleCube.Actors.Prompts;

/// <summary>The prompts that come with TeleCube and what they say: <c>prompts/LANGUAGE.txt</c>, from which they are spoken.</summary>
public static class PromptTexts
{
    static readonly FrozenDictionary<string, FrozenDictionary<string, string>> _byLanguage =
        new[] { "pl", "en" }.ToFrozenDictionary(language => language, language => Read(language).ToFrozenDictionary());

    public static IReadOnlyCollection<string> Languages => _byLanguage.Keys;

    /// <summary>Of all languages: each has sounds that the others don't need.</summary>
    public static FrozenSet<string> Names { get; } = _byLanguage.Values.SelectMany(texts => texts.Keys).ToFrozenSet();

    /// <summary>Null where the language has no such prompt.</summary>
    public static string? Find(string language, string name) => _byLanguage.GetValueOrDefault(language)?.GetValueOrDefault(name);

    static IEnumerable<KeyValuePair<string, string>> Read(string language)
    {
        using var file = typeof(PromptTexts).Assembly.GetManifestResourceStream($"TeleCube.Actors.Prompts.{language}.txt")!;
        using var lines = new StreamReader(file);
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.Split(' ', 3) is not [var name, "=" or ":" or "~", var text]) continue;
            yield return new(name, text);
        }
    }
}
