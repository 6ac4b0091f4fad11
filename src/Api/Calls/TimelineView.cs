using System.Text.Json;
using TeleCube.Actors.Calls.Timeline;
using TeleCube.Api.Http;

namespace TeleCube.Api.Calls;

/// <summary>
/// One step of a call: SIP in or out, a decision, media, a note. <c>message</c> is the whole SIP message where these are kept.
/// </summary>
public sealed record TimelineView(DateTimeOffset At, string Kind, int? Leg, string Code, string Text, string? Message)
{
    /// <summary>The read model that a call writes when it is closed.</summary>
    internal const string Model = "timeline";

    static readonly JsonSerializerOptions _stored = new(JsonSerializerDefaults.Web);

    internal static ListOf<TimelineView> List(IEnumerable<TimelineEntry> entries) =>
        new([.. entries.Select(entry => new TimelineView(entry.At, entry.Kind, entry.Leg, entry.Code, entry.Text, entry.Message))], null);

    internal static ListOf<TimelineView> Read(string json) => new(JsonSerializer.Deserialize<List<TimelineView>>(json, _stored) ?? [], null);
}
