using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Actors.Webhooks;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Webhooks;

/// <summary>A webhook is posted once, tried a bounded number of times under one id, and not forgotten by a restart.</summary>
public sealed class WebhookActorTests : IWebhooks, IAsyncDisposable
{
    static readonly TenantId _tenant = new("firmaabcde");
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    static readonly EntityId _id = WebhookEntity.Of(_tenant, "m-1");
    static readonly OutgoingWebhook _hook = new("m-1", "firmaabcde", "https://example.com/hook?token=secret", "voicemail.received", "{}");

    readonly ManualClock _clock = new();
    readonly MemoryJournal _journal = new();
    readonly Channel<OutgoingWebhook> _posted = Channel.CreateUnbounded<OutgoingWebhook>();
    readonly Queue<WebhookOutcome> _outcomes = [];
    ActorSystem _system = null!;
    ShardRegion _region = null!;

    public WebhookActorTests() => Start();

    [Fact]
    public async Task It_is_posted_once_however_often_it_is_asked_for_and_each_asker_is_told_that_it_is_queued()
    {
        Assert.Equal("m-1", (await Told()).Id);
        Assert.Equal(_hook, await Posted());
        await Journaled("webhook.sent");
        Assert.Equal("m-1", (await Told()).Id);
        Assert.Equal(0, _posted.Reader.Count);
        Assert.Empty(await Remembered());
    }

    [Fact]
    public async Task What_is_not_taken_now_is_tried_later_and_later_and_then_given_up_and_told()
    {
        for (var i = 0; i < 3; i++) Answer(new WebhookOutcome.Unreached("HTTP 503"));
        await Told();
        var first = await Posted();
        foreach (var pause in new[] { 5, 10 })
        {
            await Due(TimeSpan.FromSeconds(pause));
            Assert.Equal(first, await Posted());
        }

        await Journaled("webhook.failed");
        var told = Assert.Single(await ((IEventFeeds)_journal).ReadFeed(_tenant, 0, 10));
        Assert.Equal("webhook.failed", told.Type);
        Assert.Contains("given up after 3 tries", told.Json, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_is_posted_after_a_restart()
    {
        Answer(new WebhookOutcome.Unreached("HTTP 503"));
        await Told();
        var first = await Posted();
        await Journaled("webhook.postponed");
        Assert.Contains(_id, await Remembered());

        await _system.DisposeAsync();
        Start();
        _region.Tell(_id, new WebhookCommand.Wake());
        await Due(TimeSpan.FromSeconds(5));
        Assert.Equal(first, await Posted());
        await Journaled("webhook.sent");
    }

    [Fact]
    public void Every_event_is_read_back_as_it_was()
    {
        var registry = new EventRegistry().AddWebhookEvents();
        WebhookEvent[] all =
        [
            new WebhookEvent.Queued(_hook with { Secret = "s" }, _clock.GetUtcNow()), new WebhookEvent.Postponed(1, "HTTP 503", _clock.GetUtcNow(), _clock.GetUtcNow()),
            new WebhookEvent.Sent(_clock.GetUtcNow()), new WebhookEvent.Failed("no", _clock.GetUtcNow()),
        ];
        Assert.Empty(typeof(WebhookEvent).GetNestedTypes().Except(all.Select(one => one.GetType())));
        foreach (var one in all)
        {
            var (type, version, payload) = registry.Encode(one);
            Assert.Equal(one, registry.Decode(type, version, payload));
        }
    }

    void Start()
    {
        var ownership = new SoleOwnership();
        var persistence = new PersistenceContext(_journal, new EventRegistry().AddWebhookEvents(), ownership);
        _system = new ActorSystem(new ActorSystemOptions { Persistence = persistence }, _clock, NullLogger<ActorSystem>.Instance);
        _region = new ShardRegion(_system, ownership, _journal);
        var services = new WebhookServices(this, new WebhookOptions(3, TimeSpan.FromSeconds(5)), _clock, NullLogger<WebhookActor>.Instance);
        _region.Register(WebhookEntity.Kind, id => Props.Create(() => new WebhookActor(id, services)));
    }

    void Answer(WebhookOutcome outcome)
    {
        lock (_outcomes) _outcomes.Enqueue(outcome);
    }

    Task<WebhookQueued> Told() => _region.Ask<WebhookQueued>(_id, new WebhookCommand.Send(_hook), Timeout.InfiniteTimeSpan).WaitAsync(_patience);

    Task<OutgoingWebhook> Posted() => _posted.Reader.ReadAsync().AsTask().WaitAsync(_patience);

    /// <summary>Waits until a timer is armed for then, and lets the time come.</summary>
    async Task Due(TimeSpan after)
    {
        var due = _clock.GetUtcNow() + after;
        await Until(() => _clock.FirstDue is { } first && first <= due);
        _clock.Advance(after);
    }

    Task Journaled(string type) => Until(() => _journal.EventsOf(_id.PersistenceId).Any(stored => stored.Type == type));

    static async Task Until(Func<bool> holds)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var over = new CancellationTokenSource(_patience);
        while (!holds()) await ticks.WaitForNextTickAsync(over.Token);
    }

    async Task<IReadOnlyList<EntityId>> Remembered()
    {
        var all = new List<EntityId>();
        await foreach (var entity in ((IDirectory)_journal).Remembered(_id.Shard, default)) all.Add(entity);
        return all;
    }

    Task<WebhookOutcome> IWebhooks.Post(OutgoingWebhook webhook, CancellationToken stop)
    {
        _posted.Writer.TryWrite(webhook);
        lock (_outcomes) return Task.FromResult(_outcomes.TryDequeue(out var outcome) ? outcome : new WebhookOutcome.Taken());
    }

    public ValueTask DisposeAsync() => _system.DisposeAsync();
}
