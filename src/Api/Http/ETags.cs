using System.Globalization;

namespace TeleCube.Api.Http;

/// <summary>Versions as entity tags (RFC 9110 §8.8.3): <c>"17"</c>.</summary>
static class ETags
{
    /// <summary>No resource ever has it, so a condition that names nothing of ours is stale.</summary>
    const long Never = -1;

    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version that <c>If-Match</c> asks for; null where any will do.</summary>
    public static long? Version(string? ifMatch)
    {
        if (string.IsNullOrWhiteSpace(ifMatch) || ifMatch.Trim() == "*") return null;
        var text = ifMatch.Trim().Trim('"');
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : Never;
    }
}
