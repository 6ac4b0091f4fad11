using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Sms;

/// <summary>What the log says of the SMS that schemes have sent: read at the start, so that no limit is forgotten over a restart.</summary>
public static class SmsHistory
{
    const int Page = 500;

    public static async Task Load(SmsLedger ledger, IReadModels log, DateTimeOffset now, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(log);
        var recent = new ReadModelFilter("queued_at", FilterOperator.AtLeast, (now - ledger.Limits.Within).ToUniversalTime());
        string? after = null;
        do
        {
            var page = await log.Query(new ReadModelQuery(SmsLog.Model.Name, null, [recent], "queued_at", Ascending: true, Page, after), stop);
            foreach (var row in page.Rows)
                if (SmsLog.Read(row.Json) is { Sms: { Scheme: not null } sms } state && E164.TryParse(sms.To, out var to)) ledger.Remember(row.Tenant, to, state.QueuedAt);
            after = page.Next;
        }
        while (after is not null);
    }
}
