using System.Text.RegularExpressions;
using TeleCube.Actors.Prompts;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Prompts;

/// <summary>Each prompt is said by the exchange or marked as one that it never says by itself; and the exchange names none that is not there.</summary>
public sealed partial class PromptUseTests
{
    static readonly Dictionary<string, string> _sources = Directory.EnumerateFiles(Path.Combine(Repository.Folder, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).ToDictionary(file => file, File.ReadAllText);

    static readonly DateOnly _sunday = new(2028, 12, 31);

    public static TheoryData<string> Languages => [.. PromptTexts.Languages];

    [Fact]
    public void Every_prompt_that_the_code_names_is_there()
    {
        var named = _sources.Values.SelectMany(NamedIn).ToHashSet();
        Assert.Contains("feature-unknown", named);
        Assert.Contains("do-not-disturb-off", named);
        Assert.Contains("transfer-failed", named);
        Assert.Contains("queue-full", named);
        Assert.All(PromptTexts.Languages, language => Assert.All(named, name => Assert.NotNull(PromptTexts.Find(language, name))));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_prompt_is_said_or_marked_as_one_to_be_named(string language)
    {
        var (marked, others) = Sections(language);
        var said = _sources.Values.SelectMany(NamedIn).Concat(Composed(Spoken.In(language))).ToHashSet();
        Assert.Empty(others.Except(said));
        Assert.Empty(marked.Intersect(said));
        Assert.Contains("callback-offer", marked);
    }

    /// <summary>What stands as a prompt's name in calls that take one, in names that end so, and in the table of refusals.</summary>
    static IEnumerable<string> NamedIn(string source)
    {
        var places = Argument().Matches(source).Select(match => match.Value)
            .Concat(Constant().Matches(source).Select(match => match.Value))
            .Concat(source.Contains("PromptFor(", StringComparison.Ordinal) ? Choice().Matches(source).Select(match => match.Value) : []);
        return places.SelectMany(place => Literal().Matches(place)).Select(match => match.Groups[1].Value);
    }

    /// <summary>Numbers, amounts, times and what is counted.</summary>
    static IEnumerable<string> Composed(Spoken spoken) =>
        Enumerable.Range(0, 10_000).SelectMany(value => spoken.Number(value)
                .Concat(Enum.GetValues<SpokenNoun>().SelectMany(noun => spoken.Counted(value, noun)))
                .Concat(spoken.OthersInRoom(value)).Concat(spoken.Messages(value)).Concat(spoken.PlaceInQueue(value))
                .Concat(spoken.Amount(value / 100m)).Concat(spoken.ExpectedWait(TimeSpan.FromSeconds(value))))
            .Concat(Enumerable.Range(0, 24 * 60).SelectMany(minute => spoken.Time(TimeOnly.MinValue.AddMinutes(minute))))
            .Concat(Enumerable.Range(0, 7).SelectMany(today => Enumerable.Range(0, 7).SelectMany(days => spoken.Day(_sunday.AddDays(today - days), _sunday.AddDays(today)))))
            .Concat(Enumerable.Range(0, 366).SelectMany(days => spoken.Day(_sunday.AddDays(-days), _sunday.AddDays(7))))
            .Concat(Spoken.Digits("0123456789+*#")).Concat(spoken.Number(-1)).Concat(spoken.Number(999_999));

    /// <summary>Under a heading that says that a scheme may name them, and all others.</summary>
    static (List<string> Marked, List<string> Others) Sections(string language)
    {
        var (marked, others, to) = (new List<string>(), new List<string>(), false);
        foreach (var line in File.ReadLines(Path.Combine(Repository.Folder, "prompts", language + ".txt")))
        {
            if (line.Length == 0) to = false;
            else if (line[0] == '#') to = line.Contains("scheme", StringComparison.Ordinal);
            else (to ? marked : others).Add(line.Split(' ')[0]);
        }

        return (marked, others);
    }

    [GeneratedRegex(@"\b(?:OfPrompt|Prompt)\(([^()]*)\)|\bTell\((""[a-z-]+"")")]
    private static partial Regex Argument();

    [GeneratedRegex("\\b(?:Refused|Failed)Prompt = \"[a-z-]+\"")]
    private static partial Regex Constant();

    [GeneratedRegex("\\? \"[a-z-]+\"")]
    private static partial Regex Choice();

    [GeneratedRegex("\"([a-z][a-z0-9-]*)\"")]
    private static partial Regex Literal();
}
