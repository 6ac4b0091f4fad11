using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tests.Calls;
using TeleCube.Actors.Voicemail;
using TeleCube.Actors.Webhooks;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Webhooks;

/// <summary>A webhook is posted once, tried a bounded number of times under one id, and not forgotten by a restart.</summary>
public sealed class WebhookActorTests : IWebhooks, IWebhookTargets, IAsyncDisposable
{
    static readonly TenantId _tenant = new("firmaabcde");
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    static readonly EntityId _id = WebhookEntity.Of(_tenant, "m-1");
    static readonly OutgoingWebhook _hook = new("m-1", "firmaabcde", "voicemail.received", "{}") { Source = "voicemail/10", Host = "example.com" };
    static readonly WebhookTarget _there = new("https://example.com/hook?token=abracadabra", "hocus pocus hocus");

    readonly ManualClock _clock = new();
    readonly MemoryJournal _journal = new();
    readonly Channel<OutgoingWebhook> _posted = Channel.CreateUnbounded<OutgoingWebhook>();
    readonly Channel<WebhookTarget> _targets = Channel.CreateUnbounded<WebhookTarget>();
    readonly Queue<WebhookOutcome> _outcomes = [];
    volatile WebhookTarget? _target = _there;
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
        Assert.Contains("example.com", told.Json, StringComparison.Ordinal);
        Assert.DoesNotContain("abracadabra", told.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_secret_nor_address_stands_in_the_journal()
    {
        Answer(new WebhookOutcome.Unreached("HTTP 503"));
        await Told();
        await Posted();
        await Journaled("webhook.postponed");
        Assert.Equal(_there, await _targets.Reader.ReadAsync().AsTask().WaitAsync(_patience));
        Assert.All(_journal.EventsOf(_id.PersistenceId), stored =>
        {
            var text = Encoding.UTF8.GetString(stored.Payload.Span);
            Assert.DoesNotContain("abracadabra", text, StringComparison.Ordinal);
            Assert.DoesNotContain("hocus", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Each_try_goes_where_the_settings_say_then()
    {
        Answer(new WebhookOutcome.Unreached("HTTP 401"));
        await Told();
        await Posted();
        _target = _there with { Secret = "another secret" };
        await Due(TimeSpan.FromSeconds(5));
        await Posted();
        Assert.Equal(_there, await _targets.Reader.ReadAsync().AsTask().WaitAsync(_patience));
        Assert.Equal(_target, await _targets.Reader.ReadAsync().AsTask().WaitAsync(_patience));
    }

    [Fact]
    public async Task What_goes_nowhere_any_more_is_given_up_and_what_is_not_known_yet_is_not()
    {
        _target = null;
        await Told();
        await Journaled("webhook.postponed");
        _target = WebhookTarget.Gone;
        await Due(TimeSpan.FromSeconds(5));
        await Journaled("webhook.failed");
        Assert.Equal(0, _posted.Reader.Count);
    }

    [Fact]
    public void What_an_older_journal_holds_goes_where_it_says()
    {
        var registry = new EventRegistry().AddWebhookEvents();
        var queued = (WebhookEvent.Queued)registry.Decode("webhook.queued", 1, """
            {"webhook":{"id":"m-1","tenant":"firmaabcde","url":"https://example.com/hook?token=1","type":"voicemail.received","json":"{}","secret":"s"},"at":"2026-11-01T12:00:00+00:00"}
            """u8);
        Assert.Equal(new WebhookTarget("https://example.com/hook?token=1", "s"), new TenantWebhooks(new CallTable()).Find(queued.Webhook));
        Assert.Equal(("m-1", "example.com", "{}"), (queued.Webhook.Id, queued.Webhook.Host, queued.Webhook.Json));
    }

    [Fact]
    public void The_settings_of_the_box_say_where_it_goes()
    {
        var house = new CallTable();
        var ten = ExtensionNumber.Parse("10");
        var voicemail = VoicemailSettings.Default with { WebhookUrl = _there.Url, WebhookSecret = _there.Secret };
        house.Tenant = house.Tenant with { Extensions = house.Tenant.Extensions.SetItem(ten, house.Tenant.Extensions[ten] with { Voicemail = voicemail }) };
        var targets = new TenantWebhooks(house);
        Assert.Equal(_there, targets.Find(_hook));
        Assert.Equal(WebhookTarget.Gone, targets.Find(_hook with { Source = "voicemail/11" })); // has no webhook
        Assert.Equal(WebhookTarget.Gone, targets.Find(_hook with { Source = "voicemail/99" }));
        Assert.Equal(WebhookTarget.Gone, targets.Find(_hook with { Source = "of a later version" }));
        Assert.Null(targets.Find(_hook with { Tenant = "unknown" }));
        Assert.DoesNotContain("hocus", $"{_there}", StringComparison.Ordinal);
        Assert.DoesNotContain("abracadabra", $"{_there}", StringComparison.Ordinal);
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
            new WebhookEvent.Queued(_hook, _clock.GetUtcNow()), new WebhookEvent.Postponed(1, "HTTP 503", _clock.GetUtcNow(), _clock.GetUtcNow()),
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
        var services = new WebhookServices(this, this, new WebhookOptions(3, TimeSpan.FromSeconds(5)), _clock, NullLogger<WebhookActor>.Instance);
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

    WebhookTarget? IWebhookTargets.Find(OutgoingWebhook webhook) => _target;

    Task<WebhookOutcome> IWebhooks.Post(OutgoingWebhook webhook, WebhookTarget target, CancellationToken stop)
    {
        _targets.Writer.TryWrite(target);
        _posted.Writer.TryWrite(webhook);
        lock (_outcomes) return Task.FromResult(_outcomes.TryDequeue(out var outcome) ? outcome : new WebhookOutcome.Taken());
    }

    public ValueTask DisposeAsync() => _system.DisposeAsync();
}
