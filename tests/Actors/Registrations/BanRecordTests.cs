using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Registrations;
using TeleCube.Kernel.Persistence;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Registrations;

/// <summary>A ban can be found afterwards, in the log and in the audit log; a flood of them fills neither.</summary>
public sealed class BanRecordTests
{
    readonly ManualClock _clock = new();
    readonly MemoryJournal _journal = new(AuditLog.Model);
    readonly Lines _log = new();

    [Fact]
    public async Task One_ban_a_second_is_told_with_the_number_of_the_others()
    {
        await using var audit = new AuditSpool(_journal, _clock, NullLogger<AuditSpool>.Instance);
        var record = new BanRecord(audit, _clock, _log);
        for (var i = 1; i <= 5; i++) record.Banned(Ban(i), "wrong-password");
        _clock.Advance(TimeSpan.FromSeconds(1));
        record.Banned(Ban(6) with { User = "firmaabcde_10" }, "unknown-user");

        Assert.Equal(2, _log.Count);
        Assert.Equal(
            $"192.0.2.1 is banned until {_clock.GetUtcNow().AddMinutes(10) - TimeSpan.FromSeconds(1):O} after 10 failures, the last a wrong-password (0 other bans since the last such line)",
            _log[0]);
        Assert.StartsWith("firmaabcde_10 from 192.0.2.6 is banned", _log[1], StringComparison.Ordinal);
        Assert.Contains("(4 other bans", _log[1], StringComparison.Ordinal);
        var entries = (await _journal.Query(new(AuditLog.Model.Name, null, [], "at", true, 10, null))).Rows.Select(row => AuditLog.Read(row.Json)).ToList();
        Assert.Equal([("ban", "192.0.2.1", "wrong-password"), ("ban", "192.0.2.6", "unknown-user")], entries.Select(entry => (entry.Action, entry.ResourceId, entry.Refusal)));
    }

    Ban Ban(int last) => new(IPAddress.Parse($"192.0.2.{last}"), null, 10, _clock.GetUtcNow().AddMinutes(10));

    sealed class Lines : List<string>, ILogger<BanRecord>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(formatter(state, exception));
    }
}
