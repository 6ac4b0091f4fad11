using System.Net;
using Microsoft.Extensions.Logging;
using TeleCube.Sip.Transactions;
using TeleCube.Tests.Support;

namespace TeleCube.Sip.Tests.Transactions;

/// <summary>A flood of nonsense: every message is counted, a source has one line a second.</summary>
public sealed class MalformedLogTests
{
    static readonly IPAddress _one = IPAddress.Parse("192.0.2.1"), _other = IPAddress.Parse("192.0.2.2");

    readonly ManualClock _clock = new();
    readonly Lines _lines = new();
    readonly SipStackCounters _counters = new();

    [Fact]
    public void A_source_has_one_line_a_second()
    {
        var log = new MalformedLog(_counters, _clock, _lines);
        for (var i = 0; i < 500; i++) log.Note(_one, "Bad CSeq");
        log.Note(_other, "Bad Via");
        Assert.Equal(2, _lines.Count);

        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 500; i++) log.Note(_one, "Bad CSeq");
        Assert.Equal(3, _lines.Count);
        Assert.Equal((1000, 1, 1001), (log.From(_one), log.From(_other), _counters.Malformed));
    }

    [Fact]
    public async Task Nor_has_one_that_sends_by_many_threads()
    {
        var log = new MalformedLog(_counters, _clock, _lines);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++) log.Note(_one, "Bad CSeq");
        })));
        Assert.Equal((1, 4000), (_lines.Count, log.From(_one)));
    }

    [Fact]
    public void Forged_sources_take_no_more_room_than_there_is()
    {
        var log = new MalformedLog(_counters, _clock, _lines);
        for (var i = 0; i < 10_000; i++) log.Note(new IPAddress(0x0100000A + (i << 8)), $"reason {i}");
        Assert.Equal(10_000, _counters.Malformed);
        Assert.True(log.ByReason.Count <= 128, $"{log.ByReason.Count} reasons are kept");
    }

    sealed class Lines : ILogger
    {
        int _count;

        public int Count => Volatile.Read(ref _count);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Interlocked.Increment(ref _count);
    }
}
