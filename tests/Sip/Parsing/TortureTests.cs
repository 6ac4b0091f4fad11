using System.Text.Json;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Tests.Parsing;

/// <summary>The messages of RFC 4475 and 5118, each with its expected outcome (tests/torture/README.md).</summary>
public sealed class TortureTests
{
    static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "torture");

    static readonly Dictionary<string, JsonElement> _outcomes = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(_folder, "outcomes.json"))).RootElement.EnumerateArray()
        .ToDictionary(row => row.GetProperty("file").GetString()!);

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(_folder, "*.dat", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_folder, file).Replace('\\', '/')).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_torture_message_has_its_outcome(string file)
    {
        var expected = _outcomes[file];
        var bytes = File.ReadAllBytes(Path.Combine(_folder, file));
        SipParser.TryParse(bytes, out var message);
        Assert.Equal(Row(expected), Outcome(message));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void An_accepted_message_reads_the_same_after_writing(string file)
    {
        if (_outcomes[file].GetProperty("outcome").GetString() != "accepted") return;
        SipParser.TryParse(File.ReadAllBytes(Path.Combine(_folder, file)), out var first);
        var written = first!.ToBytes();
        Assert.True(SipParser.TryParse(written, out var second).IsComplete);
        Assert.Equal(written, second!.ToBytes());
        Assert.Equal(first.Body.ToArray(), second.Body.ToArray());
        Assert.Equal(first.Vias, second.Vias);
        Assert.Equal((first.From, first.To, first.CallId, first.CSeq), (second.From, second.To, second.CallId, second.CSeq));
    }

    [Fact]
    public void Every_outcome_has_its_file() =>
        Assert.Equal(_outcomes.Keys.Order(), Directory.EnumerateFiles(_folder, "*.dat", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_folder, file).Replace('\\', '/')).Order());

    [Fact]
    public void All_49_of_RFC_4475_and_12_of_RFC_5118_are_there()
    {
        Assert.Equal(49, _outcomes.Keys.Count(file => file.StartsWith("rfc4475/", StringComparison.Ordinal)));
        Assert.Equal(12, _outcomes.Keys.Count(file => file.StartsWith("rfc5118/", StringComparison.Ordinal)));
    }

    static string Row(JsonElement expected)
    {
        var outcome = expected.GetProperty("outcome").GetString()!;
        return outcome == "refused" ? $"refused {expected.GetProperty("status").GetInt32()} {expected.GetProperty("reason").GetString()}" : outcome;
    }

    static string Outcome(SipMessage? message) => message switch
    {
        SipRequest request when SipRequestCheck.Refusal(request) is { } refusal => $"refused {refusal.Status} {refusal.Reason}",
        SipRequest => "accepted",
        SipResponse response when SipResponseCheck.IsSound(response) => "accepted",
        _ => "dropped",
    };
}
