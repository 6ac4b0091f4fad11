using System.Text.Json;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Timeline;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Calls.Views;

/// <summary>The read models of calls and what each event writes into them, in the same transaction.</summary>
public static class CallViews
{
    public static readonly ReadModel Cdrs = new("cdr",
    [
        new("started_at", ColumnKind.Time, Indexed: true),
        new("caller", ColumnKind.Text, Indexed: true),
        new("callee", ColumnKind.Text, Indexed: true),
        new("direction", ColumnKind.Text),
        new("duration", ColumnKind.Integer),
        new("recording", ColumnKind.Text),
        new("disposition", ColumnKind.Text),
    ]);

    public static readonly ReadModel Timelines = new("timeline", [new("ended_at", ColumnKind.Time, Indexed: true)]);

    public static IEnumerable<StoreWrite> Of(CallEvent happened, CallState after, CallTimeline timeline)
    {
        var entity = after.Id.Entity(after.Tenant);
        switch (happened)
        {
            case CallEvent.Started:
                yield return new StoreWrite.Remember(entity);
                break;
            case CallEvent.Asked e:
                yield return AuditLog.Row(e.Entry);
                break;
            case CallEvent.Ended e: // to a number that nobody holds: the operator's record
                yield return CdrRow(after, e.Cdr);
                break;
            case CallEvent.Closed e:
                yield return new StoreWrite.Forget(entity);
                yield return new StoreWrite.Upsert(
                    Timelines.Name, after.Tenant, after.Id.Value, new Dictionary<string, object?> { ["ended_at"] = e.At },
                    timeline.ToJson());
                break;
        }
    }

    static StoreWrite.Upsert CdrRow(CallState call, Cdr cdr) => new(
        Cdrs.Name,
        call.Tenant,
        cdr.Id,
        new Dictionary<string, object?>
        {
            ["started_at"] = cdr.StartedAt,
            ["caller"] = cdr.Caller,
            ["callee"] = cdr.Callee,
            ["direction"] = JsonNamingPolicy.CamelCase.ConvertName(cdr.Direction.ToString()),
            ["duration"] = (long)cdr.DurationSeconds,
            ["recording"] = null,
            ["disposition"] = cdr.Disposition,
        },
        JsonSerializer.Serialize(cdr, CallJson.Default.Cdr));
}
