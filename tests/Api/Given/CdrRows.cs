using System.Globalization;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tests.Given;

/// <summary>Rows of the read model <c>cdr</c>, as calls write them.</summary>
static class CdrRows
{
    public static readonly ReadModel Model = new("cdr",
    [
        new("started_at", ColumnKind.Time, Indexed: true), new("caller", ColumnKind.Text, Indexed: true), new("callee", ColumnKind.Text, Indexed: true),
        new("direction", ColumnKind.Text), new("duration", ColumnKind.Integer), new("recording", ColumnKind.Text), new("disposition", ColumnKind.Text),
    ]);

    public static StoreWrite Row(string tenant, string id, DateTimeOffset startedAt, string caller, string callee, string direction, int seconds, string? service = null)
    {
        var at = startedAt.ToString("O", CultureInfo.InvariantCulture);
        var cause = """{"code":"hung-up","status":200,"text":"Normal call clearing"}""";
        var json = $$"""
            {"id":"{{id}}","tenant":"{{tenant}}","direction":"{{direction}}","caller":"{{caller}}","callee":"{{callee}}","startedAt":"{{at}}","answeredAt":"{{at}}",
             "endedAt":"{{at}}","durationSeconds":{{seconds}},"disposition":"answered","cause":{{cause}},"service":{{service ?? "null"}},"destination":"Polska Stacjonarne",
             "net":0.0500,"vat":0.0115,"gross":0.0615,"legs":[{"number":0,"party":"10","startedAt":"{{at}}","endedAt":"{{at}}","durationSeconds":{{seconds}},
             "chargedSeconds":60,"netPerMinute":0.0500,"net":0.0500,"vat":0.0115,"gross":0.0615,"cause":{{cause}}}],"recoveries":0}
            """;
        var columns = new Dictionary<string, object?>
        {
            ["started_at"] = startedAt,
            ["caller"] = caller,
            ["callee"] = callee,
            ["direction"] = direction.ToLowerInvariant(),
            ["duration"] = (long)seconds,
            ["recording"] = null,
            ["disposition"] = "answered",
        };
        return new StoreWrite.Upsert(Model.Name, new TenantId(tenant), id, columns, json);
    }
}

/// <summary>The read model <c>timeline</c>.</summary>
static class TimelineRows
{
    public static readonly ReadModel Model = new("timeline", [new("ended_at", ColumnKind.Time, Indexed: true)]);
}
