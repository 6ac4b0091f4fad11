using System.Text.Json;
using System.Text.Json.Nodes;

namespace TeleCube.Api.Http;

/// <summary>What a client gave in place of what was expected, short enough for a sentence.</summary>
static class Given
{
    const int MostShown = 40;

    public static string Text(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text \"{Shown(value.GetValue<string>())}\"",
        _ => Shown(value.ToJsonString()),
    };

    /// <summary>Without what would break the line, or write it backwards.</summary>
    public static string Shown(string text)
    {
        var plain = string.Concat(text.Select(letter => char.IsControl(letter) || PlainText.Rearranges(letter) ? '·' : letter));
        return plain.Length <= MostShown ? plain : plain[..MostShown] + "…";
    }
}
