using TeleCube.Actors.Announcements;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Node.Options;
using TeleCube.Storage;

namespace TeleCube.Node.Composition;

/// <summary>
/// Once an hour drops what is older than <c>telecube.storage</c> says: journals and timelines of calls, the audit log, SMS and their journals, what was
/// told to tenants; and audio that no announcement names any more. The CDRs of companies stay; those of calls to numbers that nobody holds go with the
/// timelines.
/// </summary>
sealed class Retention : IDisposable
{
    const int RowsAtOnce = 500;

    readonly IStore _store;
    readonly AnnouncementSweep _announcements;
    readonly VoicemailSweep _voicemail;
    readonly StorageOptions _options;
    readonly TimeProvider _clock;
    readonly ILogger _log;
    readonly ITimer _timer;

    public Retention(IStore store, AnnouncementSweep announcements, VoicemailSweep voicemail, StorageOptions options, TimeProvider clock, ILogger log)
    {
        (_store, _announcements, _voicemail, _options, _clock, _log) = (store, announcements, voicemail, options, clock, log);
        _timer = clock.CreateTimer(_ => _ = Sweep(), null, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
    }

    public void Dispose() => _timer.Dispose();

    async Task Sweep()
    {
        try
        {
            var now = _clock.GetUtcNow();
            var before = now - _options.CallRetention;
            var beforeSms = now - _options.SmsRetention;
            var streams = await _store.DropStreamsBefore(DateOnly.FromDateTime(before.UtcDateTime), DateOnly.FromDateTime(beforeSms.UtcDateTime));
            var timelines = await DropRows(CallViews.Timelines.Name, "ended_at", before);
            timelines += await DropRows(CallViews.Cdrs.Name, "started_at", before, TenantId.Platform);
            var entries = await DropRows(AuditLog.Model.Name, "at", now - _options.AuditRetention);
            entries += await DropRows(SmsLog.Model.Name, "queued_at", beforeSms);
            var told = await _store.DropFeedBefore(now - _options.EventRetention);
            var audio = await _announcements.Run() + await _voicemail.Run();
            if (audio > 0) _log.LogInformation("{Files} audio files that no announcement and no message names any more were deleted", audio);
            if (streams + timelines + entries + told > 0)
                _log.LogInformation(
                    "{Streams} journals of old calls and SMS, {Timelines} timelines, "
                    + "{Entries} audit entries and SMS, and {Told} events of tenants were dropped",
                    streams, timelines, entries, told);
        }
        catch (Exception fault)
        {
            _log.LogWarning(fault, "what is old could not be dropped; the next try is in an hour");
        }
    }

    async Task<long> DropRows(string model, string column, DateTimeOffset before, TenantId? of = null)
    {
        var old = new ReadModelQuery(
            model, of, [new ReadModelFilter(column, FilterOperator.Below, before)], column, Ascending: true, RowsAtOnce, null);
        for (var dropped = 0L; ;)
        {
            var page = await _store.Query(old);
            if (page.Rows.Count == 0) return dropped;
            await _store.Write([.. page.Rows.Select(row => new StoreWrite.Delete(model, row.Tenant, row.Id))]);
            dropped += page.Rows.Count;
        }
    }
}
