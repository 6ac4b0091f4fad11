using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Webhooks;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>HTTP decision: a server of the company's says by which exit the call goes on. What it does not answer well and in time is <c>error</c>.</summary>
public sealed record WebhookElement : SchemeElement
{
    public const string ErrorExit = "error";

    const int MostAnswers = 20;

    public required string Url { get; init; }

    /// <summary>The exits that it may name.</summary>
    public required ImmutableArray<string> Answers { get; init; }

    /// <summary>How long the answer is waited for.</summary>
    public int TimeoutSeconds { get; init; } = 3;

    [JsonIgnore]
    public override ImmutableArray<ElementExit> Leaves => [.. Answers.Append(ErrorExit).Distinct().Select(exit => new ElementExit(exit, Required: true))];

    public override IEnumerable<OptionFault> OptionFaults()
    {
        if (!WebhookAddress.IsValid(Url)) yield return new OptionFault("url", WebhookAddress.Form);
        if (Answers.IsDefaultOrEmpty || Answers.Length > MostAnswers) yield return new OptionFault("answers", $"must have 1 to {MostAnswers} entries");
        if (Answers.Distinct().Count() != Answers.Length) yield return new OptionFault("answers", "names an answer twice");
        for (var i = 0; i < Answers.Length; i++)
            if (!ExitNames.IsValid(Answers[i]) || Answers[i] == ErrorExit) yield return new OptionFault($"answers[{i}]", $"{ExitNames.Rule}, nor '{ErrorExit}'");
        foreach (var fault in OptionFault.Within("timeoutSeconds", TimeoutSeconds, 1, 10)) yield return fault;
    }

    public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) => news switch
    {
        ElementNews.Entered => new ElementStep.Decide(new Uri(Url), TimeSpan.FromSeconds(TimeoutSeconds), $"asks {new Uri(Url).Host} where the call goes on"),
        ElementNews.Decided({ } exit, _) when Answers.Contains(exit) => new ElementStep.Leave(exit, $"the answer is '{exit}'"),
        ElementNews.Decided({ }, _) => new ElementStep.Leave(ErrorExit, "the answer names no exit of the element"),
        ElementNews.Decided(null, var why) => new ElementStep.Leave(ErrorExit, $"no answer that could be used: {why}"),
        ElementNews.Silence => new ElementStep.Leave(ErrorExit, "no answer in time"),
        _ => new ElementStep.Stay("the answer is waited for") { Memory = memory },
    };
}
