using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Sms;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Tests.Sms;

/// <summary>How many SMS schemes may send: to one caller, to one number, of one company, within a time.</summary>
public sealed class SmsLedgerTests
{
    static readonly TenantId _ours = new("firmaabcde");
    static readonly TenantId _theirs = new("innafirma");
    static readonly DateTimeOffset _noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    static readonly SmsLimits _limits = new(TimeSpan.FromHours(1), 3, 5, 20);

    readonly SmsLedger _ledger = new(_limits);

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 5)]
    public void One_number_is_sent_so_many_and_the_next_when_the_first_is_old(bool claimed, int most)
    {
        for (var i = 0; i < most; i++) Assert.Null(Count(Mobile(0), claimed, _noon.AddMinutes(i)));
        Assert.Contains($"{most} SMS within 60 min", Count(Mobile(0), claimed, _noon.AddMinutes(59)), StringComparison.Ordinal);
        Assert.Null(Count(Mobile(1), claimed, _noon.AddMinutes(59)));
        Assert.Null(Count(Mobile(0), claimed, _noon.AddMinutes(60)));
        Assert.NotNull(Count(Mobile(0), claimed, _noon.AddMinutes(60)));
    }

    [Fact]
    public void What_is_refused_does_not_count()
    {
        for (var i = 0; i < 1000; i++) Count(Mobile(0), true, _noon);
        Assert.Null(Count(Mobile(0), true, _noon.AddHours(1)));
    }

    [Fact]
    public void A_company_sends_so_many_however_many_callers_there_are_and_the_others_none_the_less()
    {
        Assert.Equal(20, Enumerable.Range(0, 1000).Count(i => Count(Mobile(i), true, _noon) is null));
        Assert.Contains("the company's schemes", Count(Mobile(1000), true, _noon), StringComparison.Ordinal);
        Assert.Null(_ledger.TryCount(_theirs, Mobile(0), true, _noon));
    }

    [Fact]
    public void Calls_at_the_same_time_do_not_get_past_it()
    {
        var sent = 0;
        Parallel.For(0, 2000, i =>
        {
            if (Count(Mobile(i % 50), true, _noon) is null) Interlocked.Increment(ref sent);
        });
        Assert.Equal(20, sent);
    }

    [Fact]
    public async Task A_restart_remembers_what_schemes_have_sent_and_no_more()
    {
        var log = new MemoryJournal([SmsLog.Model]);
        for (var i = 0; i < 600; i++) await Write(log, $"old-{i}", Mobile(0), "infoline", _noon.AddHours(-2)); // more than a page
        for (var i = 0; i < 600; i++) await Write(log, $"other-{i}", Mobile(0), null, _noon.AddMinutes(-5)); // the SMS with the caller's number, of an external number
        for (var i = 0; i < 2; i++) await Write(log, $"recent-{i}", Mobile(0), "infoline", _noon.AddMinutes(-i));

        await SmsHistory.Load(_ledger, log, _noon, default);

        Assert.Null(Count(Mobile(0), true, _noon));
        Assert.NotNull(Count(Mobile(0), true, _noon));
        Assert.Equal(17, Enumerable.Range(1, 100).Count(i => Count(Mobile(i), true, _noon) is null));
    }

    string? Count(E164 receiver, bool claimed, DateTimeOffset now) => _ledger.TryCount(_ours, receiver, claimed, now);

    static Task Write(MemoryJournal log, string id, E164 to, string? scheme, DateTimeOffset at) => log.Write([SmsLog.Row(SmsState.Initial with
    {
        Status = SmsStatus.Sent,
        Sms = new OutgoingSms(id, _ours.Value, to.Value, "Dzwoni") { Scheme = scheme, Price = new Price(0.15m, 0.0345m) },
        QueuedAt = at,
    })]);

    static E164 Mobile(int number) => E164.Parse($"+48600{number:000000}");
}
