using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TeleCube.Api.Http;

/// <summary>What is wrong with a body that is no JSON, in words of ours: the reader's own are for who wrote the reader.</summary>
static partial class JsonFault
{
    /// <summary>How deep objects and lists may stand in each other; the deepest that the API knows has eight.</summary>
    public const int MaxDepth = 16;

    public static string Of(JsonException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var said = fault.Message;
        if (Says(said, "does not contain any JSON tokens")) return "the body is empty; a JSON object is expected";
        if (Says(said, "maximum configured depth") || Says(said, "depth of")) return $"{Place(fault)}: objects and lists stand more than {MaxDepth} deep in each other";
        if (Twice().Match(said) is { Success: true } twice) return $"the name '{Short(twice.Groups["name"].Value)}' stands twice in one object";
        if (Says(said, "Expected depth to be zero") || Says(said, "end of data") || Says(said, "end of string"))
            return $"{Place(fault)}: it ends too early; an object, a list or a text is not closed";
        if (Says(said, "trailing comma")) return $"{Place(fault)}: nothing follows the comma";
        if (Says(said, "UTF-8")) return $"{Place(fault)}: this is not UTF-8";
        return Given().Match(said) is { Success: true } given
            ? $"{Place(fault)}: '{Short(given.Groups["text"].Value)}' can't stand here"
            : $"{Place(fault)}: this is no JSON";
    }

    /// <summary>Counted from 1, as editors do.</summary>
    static string Place(JsonException fault) => string.Create(
        CultureInfo.InvariantCulture, $"line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1}");

    static bool Says(string message, string part) => message.Contains(part, StringComparison.Ordinal);

    static string Short(string text) => text.Length <= 50 ? text : text[..50] + "…";

    [GeneratedRegex("^Duplicate property '(?<name>.*?)'", RegexOptions.Singleline)]
    private static partial Regex Twice();

    [GeneratedRegex(@"^'(?<text>.[^\s,:}\]']*).*?' is ", RegexOptions.Singleline)]
    private static partial Regex Given();
}
