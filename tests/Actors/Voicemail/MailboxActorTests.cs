using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;
using TeleCube.Actors.Webhooks;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Audio;

namespace TeleCube.Actors.Tests.Voicemail;

/// <summary>A box with its files: what the recorder wrote becomes a message that outlives a restart, or nothing.</summary>
public sealed class MailboxActorTests : ITenants, IAsyncDisposable
{
    const string Recording = "01hzzzzzzzzzzzzzzzzzzzzzz0-3";

    static readonly TenantId _tenant = new("firmaabcde");
    static readonly ExtensionNumber _ten = ExtensionNumber.Parse("10");
    static readonly EntityId _id = MailboxEntity.Of(_tenant, _ten);
    static readonly CallId _call = new("01hzzzzzzzzzzzzzzzzzzzzzz0");
    static readonly PinSource _stranger = new("+48600100200");
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    readonly ManualClock _clock = new();
    readonly MemoryJournal _journal = new([VoicemailRows.Model]);
    readonly ScriptedJournal _store;
    readonly TempFolder _folder = new();
    readonly Channel<object> _told = Channel.CreateUnbounded<object>();
    readonly HashSet<string> _recording = [];
    readonly MemoryBlobs _blobs;
    volatile bool _answersWebhooks = true;
    int _asked;
    RecordingFolder _recordings = null!;
    Mailboxes _mailboxes = null!;
    ActorSystem _system = null!;
    ShardRegion _region = null!;

    public MailboxActorTests()
    {
        _blobs = new MemoryBlobs(_clock);
        _store = new ScriptedJournal(_journal);
        Start();
    }

    /// <summary>The extension has been deleted.</summary>
    bool IsGone { get; set; }

    VoicemailSettings Settings { get; set; } = new() { On = true, Pin = PasswordHash.Of("4711", new byte[16], 1000) };

    [Fact]
    public async Task What_was_spoken_is_kept_counted_and_told()
    {
        Settings = Settings with { WebhookUrl = "https://example.com/hook", WebhookSecret = "a secret of the receiver's" };
        Speaks(Recording, TimeSpan.FromSeconds(4));
        _region.Tell(_id, new MailboxCommand.Begin(new OpenRecording(Recording, "+48600100200", "Anna", _clock.GetUtcNow())));
        _region.Tell(_id, new MailboxCommand.Asked(_call, 9, new MailboxQuestion.Outcome(Recording)));
        Ends(Recording);

        Assert.Equal(new CallCommand.MailboxSays(9, MailboxAnswer.Kept), await Told<CallCommand.MailboxSays>());
        var hook = (await Told<WebhookCommand.Send>()).Webhook;
        Assert.Equal((Recording, "voicemail/10", "example.com", "voicemail.received"), (hook.Id, hook.Source, hook.Host, hook.Type));
        Assert.Equal((null, null), (hook.Url, hook.Secret)); // they stay with the settings
        Assert.Contains("\"new\":1", hook.Json, StringComparison.Ordinal);

        var message = Assert.Single((await Box()).Messages.Values);
        Assert.Equal(TimeSpan.FromSeconds(4), message.Length);
        Assert.Equal(new MailboxCounts(1, 0), _mailboxes.Find(_tenant, _ten));
        using (var file = File.Create(_folder["message.wav"])) _blobs.Open(message.File)!.CopyTo(file);
        Assert.True(WavFile.Load(_folder["message.wav"]).Heard(700) > TimeSpan.FromSeconds(3.5));
        Assert.False(File.Exists(_recordings.PathOf(Recording)));
        await Until(async () => (await Box()).Unnotified.IsEmpty);
        Assert.Contains(_journal.EventsOf(_id.PersistenceId), stored => stored.Type == "mailbox.message-left");
    }

    [Theory]
    [InlineData(1.9)]
    [InlineData(null)] // the recorder never began
    public async Task Who_hangs_up_at_the_tone_has_left_no_message(double? seconds)
    {
        if (seconds is { } length) Speaks(Recording, TimeSpan.FromSeconds(length));
        _region.Tell(_id, new MailboxCommand.Begin(new OpenRecording(Recording, null, null, _clock.GetUtcNow())));
        _region.Tell(_id, new MailboxCommand.Asked(_call, 9, new MailboxQuestion.Outcome(Recording)));
        Ends(Recording);
        Assert.Equal(new CallCommand.MailboxSays(9, MailboxAnswer.TooShort), await Told<CallCommand.MailboxSays>());
        Assert.Equal((0, 0), ((await Box()).Messages.Count, (await Box()).Open.Count));
        Assert.False(File.Exists(_recordings.PathOf(Recording)));
        Assert.DoesNotContain(_id, await Remembered());
    }

    [Fact]
    public async Task What_a_killed_process_was_recording_is_a_message_as_far_as_it_went()
    {
        Speaks(Recording, TimeSpan.FromSeconds(3), lyingHeader: true);
        await _region.Ask<object>(_id, new MailboxCommand.Begin(new OpenRecording(Recording, "11", null, _clock.GetUtcNow())), _patience);
        Assert.Contains(_id, await Remembered());

        await _system.DisposeAsync();
        _recording.Clear(); // the recorder is dead
        Start();
        _region.Tell(_id, new MailboxCommand.Wake());
        await Until(async () => (await Box()).Messages.Count == 1);
        var message = Assert.Single((await Box()).Messages.Values);
        Assert.Equal(("11", TimeSpan.FromSeconds(3)), (message.Caller, message.Length));
        _region.Tell(_id, new MailboxCommand.Close(new OpenRecording(Recording, "11", null, _clock.GetUtcNow()))); // what the recovered call says
        await Until(async () => (await Box()) is { Messages.Count: 1, Open.Count: 0 });
    }

    [Fact]
    public async Task A_recovered_call_tells_of_a_recording_of_which_the_box_had_not_heard()
    {
        Speaks(Recording, TimeSpan.FromSeconds(3));
        _recording.Clear();
        _region.Tell(_id, new MailboxCommand.Close(new OpenRecording(Recording, "11", null, _clock.GetUtcNow())));
        await Until(async () => (await Box()).Messages.ContainsKey(Recording));
    }

    [Fact]
    public async Task A_message_outlives_a_restart_and_its_file_goes_with_it()
    {
        Speaks(Recording, TimeSpan.FromSeconds(3));
        _recording.Clear();
        _region.Tell(_id, new MailboxCommand.Close(new OpenRecording(Recording, "11", null, _clock.GetUtcNow())));
        await Until(async () => (await Box()).Messages.ContainsKey(Recording));
        await _system.DisposeAsync();
        Start();
        var file = (await Box()).Messages[Recording].File;
        Assert.Equal(new MailboxCounts(1, 0), _mailboxes.Find(_tenant, _ten));

        _region.Tell(_id, new MailboxCommand.Asked(_call, 4, new MailboxQuestion.MarkHeard(Recording)));
        Assert.Equal(MailboxAnswer.Done, (await Told<CallCommand.MailboxSays>()).Answer);
        Assert.Equal(new MailboxCounts(0, 1), _mailboxes.Find(_tenant, _ten));
        _region.Tell(_id, new MailboxCommand.Asked(_call, 5, new MailboxQuestion.Delete(Recording)));
        Assert.Equal(MailboxAnswer.Done, (await Told<CallCommand.MailboxSays>()).Answer);
        await Until(() => Task.FromResult(_blobs.PathOf(file) is null));
        Assert.Equal(default, _mailboxes.Find(_tenant, _ten));
        Assert.DoesNotContain(_id, await Remembered());
    }

    [Fact]
    public async Task What_was_left_for_an_extension_that_is_gone_is_not_there_after_a_restart()
    {
        Speaks(Recording, TimeSpan.FromSeconds(3));
        _recording.Clear();
        _region.Tell(_id, new MailboxCommand.Close(new OpenRecording(Recording, "11", null, _clock.GetUtcNow())));
        await Until(async () => (await Box()).Messages.ContainsKey(Recording));
        var file = (await Box()).Messages[Recording].File;
        await _system.DisposeAsync();
        IsGone = true; // and the word of it was lost with the process
        Start();
        await Until(async () => (await Box()).Messages.IsEmpty);
        await Until(() => Task.FromResult(_blobs.PathOf(file) is null));
    }

    [Fact]
    public async Task What_is_spoken_while_the_extension_goes_is_dropped_too()
    {
        Speaks(Recording, TimeSpan.FromSeconds(3));
        _region.Tell(_id, new MailboxCommand.Begin(new OpenRecording(Recording, "11", null, _clock.GetUtcNow())));
        await Until(async () => (await Box()).Open.ContainsKey(Recording));
        IsGone = true;
        _region.Tell(_id, new MailboxCommand.Clear());
        Ends(Recording);
        await Until(async () => await Box() is { Open.Count: 0, Messages.Count: 0 });
    }

    [Fact]
    public async Task Guesses_of_many_calls_at_once_lock_their_source_after_five_and_nobody_else()
    {
        for (var guess = 0; guess < 20; guess++) Guess(guess, $"{guess:0000}", _stranger);
        var answers = new List<MailboxAnswer>();
        for (var guess = 0; guess < 20; guess++) answers.Add((await Told<CallCommand.MailboxSays>()).Answer);
        Assert.Equal(4, answers.Count(answer => answer is MailboxAnswer.PinWrong));
        Assert.Equal(16, answers.Count(answer => answer is MailboxAnswer.PinLocked));
        Assert.Equal(MailboxAnswer.PinLocked, await Says(_stranger));
        Assert.Equal(MailboxAnswer.PinRight, await Says(PinSource.Own));
        Assert.Equal(MailboxAnswer.PinRight, await Says(new PinSource("12")));
        Assert.DoesNotContain("4711", string.Concat(_journal.EventsOf(_id.PersistenceId).Select(stored => System.Text.Encoding.UTF8.GetString(stored.Payload.Span))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_outlives_a_restart_is_told_and_ends_by_time_or_by_an_administrator()
    {
        for (var guess = 0; guess < 5; guess++) Assert.NotEqual(MailboxAnswer.PinRight, await Says(_stranger, "0000"));
        await _system.DisposeAsync();
        Start();
        Assert.Contains(_id, await Remembered()); // so that it is known before somebody asks
        Assert.Equal(MailboxAnswer.PinLocked, await Says(_stranger));
        _clock.Advance(PinLock.Shortest);
        Assert.Equal(MailboxAnswer.PinRight, await Says(_stranger));

        for (var guess = 0; guess < 5; guess++) await Says(PinSource.Own, "0000");
        Assert.Equal(MailboxAnswer.PinLocked, await Says(PinSource.Own));
        await _region.Ask<object>(_id, new MailboxCommand.Unlock(), _patience);
        Assert.Equal(MailboxAnswer.PinRight, await Says(PinSource.Own));

        var told = (await ((IEventFeeds)_journal).ReadFeed(_tenant, 0, 100)).ToList();
        Assert.Equal(["voicemail.locked", "voicemail.locked", "voicemail.unlocked"], told.Select(one => one.Type));
        Assert.Contains("\"lockedFor\":\"+48600100200\"", Plain(told[0].Json), StringComparison.Ordinal);
        Assert.Contains("\"lockedFor\":\"own\"", told[1].Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_store_is_away_a_guess_is_not_free_it_is_counted_later_and_no_other_is_looked_at_before()
    {
        Assert.Equal(MailboxAnswer.PinWrong, await Says(_stranger, "0000"));
        _store.Away = true;
        Assert.Equal(MailboxAnswer.Failed, await Says(_stranger, "0001"));
        Assert.Equal(MailboxAnswer.Failed, await Says(_stranger)); // though it is right
        Assert.Equal(MailboxAnswer.Failed, await Says(PinSource.Own));
        _store.Away = false;
        await Later(async () => (await Box()).Pins.Sources[_stranger.Value].Wrong == 2);
        Assert.Equal(MailboxAnswer.PinRight, await Says(_stranger));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_could_not_be_written_that_a_recording_is_a_message_or_none_is_written_when_the_store_is_back(bool isMessage)
    {
        Speaks(Recording, TimeSpan.FromSeconds(isMessage ? 3 : 1));
        _region.Tell(_id, new MailboxCommand.Begin(new OpenRecording(Recording, "11", null, _clock.GetUtcNow())));
        await Until(async () => (await Box()).Open.ContainsKey(Recording));
        _region.Tell(_id, new MailboxCommand.Asked(_call, 9, new MailboxQuestion.Outcome(Recording)));
        _store.Away = true;
        var refused = _store.Refused;
        Ends(Recording);
        await Until(() => Task.FromResult(_store.Refused > refused));
        Assert.Single((await Box()).Open);
        Assert.True(File.Exists(_recordings.PathOf(Recording))); // or there would be nothing to try again with
        _store.Away = false;
        await Later(async () => (await Box()).Open.IsEmpty);
        Assert.Equal(isMessage ? MailboxAnswer.Kept : MailboxAnswer.TooShort, (await Told<CallCommand.MailboxSays>()).Answer);
        Assert.Equal(isMessage ? 1 : 0, (await Box()).Messages.Count);
        await Until(() => Task.FromResult(!File.Exists(_recordings.PathOf(Recording))));
    }

    [Fact]
    public async Task That_a_recording_began_and_that_the_webhook_has_it_are_said_again_too()
    {
        Settings = Settings with { WebhookUrl = "https://example.com/hook" };
        Speaks(Recording, TimeSpan.FromSeconds(3));
        await Box();
        _store.RefuseNext(new AppendOutcome(AppendStatus.Unavailable, "away"));
        _region.Tell(_id, new MailboxCommand.Begin(new OpenRecording(Recording, "11", null, _clock.GetUtcNow())));
        await Later(async () => (await Box()).Open.ContainsKey(Recording));
        _answersWebhooks = false;
        Ends(Recording);
        await Told<WebhookCommand.Send>();
        _store.RefuseNext(new AppendOutcome(AppendStatus.Unavailable, "away"));
        _region.Tell(_id, new MailboxCommand.Notified(Recording));
        await Later(async () => (await Box()).Unnotified.IsEmpty);
    }

    [Theory]
    [InlineData(4, 3, 4.5)] // half a second is left of it
    [InlineData(4, 0, 4)]
    [InlineData(0, 7, null)] // nothing was said
    [InlineData(1, 6, 1.5)] // a word is a message
    public async Task The_silence_at_the_end_is_cut_and_nothing_but_silence_is_no_message(double spoken, double silent, double? kept)
    {
        Speaks(Recording, TimeSpan.FromSeconds(spoken), silent: TimeSpan.FromSeconds(silent));
        _region.Tell(_id, new MailboxCommand.Begin(new OpenRecording(Recording, null, null, _clock.GetUtcNow())));
        _region.Tell(_id, new MailboxCommand.Asked(_call, 9, new MailboxQuestion.Outcome(Recording)));
        Ends(Recording);
        Assert.Equal(kept is null ? MailboxAnswer.TooShort : MailboxAnswer.Kept, (await Told<CallCommand.MailboxSays>()).Answer);
        if (kept is not { } seconds) return;
        var message = Assert.Single((await Box()).Messages.Values);
        Assert.Equal(seconds, message.Length.TotalSeconds);
        using var file = _blobs.Open(message.File)!;
        Assert.Equal(58 + (2 * 8000 * seconds), file.Length);
    }

    [Fact]
    public async Task A_greeting_is_kept_heard_by_its_file_outlives_a_restart_and_the_one_before_it_goes()
    {
        var files = new List<BlobName>();
        foreach (var id in new[] { Recording, "01hzzzzzzzzzzzzzzzzzzzzzz1-3" })
        {
            Speaks(id, TimeSpan.FromSeconds(3));
            _region.Tell(_id, new MailboxCommand.Begin(new OpenRecording(id, "10", null, _clock.GetUtcNow()) { IsGreeting = true }));
            _region.Tell(_id, new MailboxCommand.Asked(_call, 9, new MailboxQuestion.Outcome(id)));
            Ends(id);
            Assert.Equal(MailboxAnswer.Kept, (await Told<CallCommand.MailboxSays>()).Answer);
            files.Add((await Box()).Greeting!.File);
        }

        await Until(() => Task.FromResult(_blobs.PathOf(files[0]) is null));
        Assert.NotNull(_blobs.PathOf(files[1]));
        await _system.DisposeAsync();
        Start();
        Assert.Contains(_id, await Remembered());
        Assert.Equal(files[1], (await Box()).Greeting!.File);
        var sweep = new VoicemailSweep(this, _mailboxes, _region, _blobs, _recordings, _clock);
        await sweep.Run();
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await sweep.Run()); // it is named

        _region.Tell(_id, new MailboxCommand.Asked(_call, 10, new MailboxQuestion.DeleteGreeting()));
        Assert.Equal(MailboxAnswer.Done, (await Told<CallCommand.MailboxSays>()).Answer);
        await Until(() => Task.FromResult(_blobs.PathOf(files[1]) is null));
        Assert.DoesNotContain(_id, await Remembered());
    }

    [Fact]
    public async Task The_companys_list_has_each_message_as_it_is_now()
    {
        Speaks(Recording, TimeSpan.FromSeconds(3));
        _recording.Clear();
        _region.Tell(_id, new MailboxCommand.Close(new OpenRecording(Recording, "11", null, _clock.GetUtcNow())));
        await Until(async () => (await Box()).Messages.ContainsKey(Recording));
        var row = VoicemailRows.Read((await Row())!.Json);
        Assert.Equal(("10", (await Box()).Messages[Recording]), (row.Extension, row.Message));
        await _region.Ask<object>(_id, new MailboxCommand.MarkHeard(Recording, true), _patience);
        Assert.NotNull(VoicemailRows.Read((await Row())!.Json).Message.HeardAt);
        await _region.Ask<object>(_id, new MailboxCommand.Delete(Recording), _patience);
        Assert.Null(await Row());
    }

    [Fact]
    public async Task The_sweep_lets_go_of_old_messages_and_of_files_that_nobody_names()
    {
        Speaks(Recording, TimeSpan.FromSeconds(3));
        _recording.Clear();
        _region.Tell(_id, new MailboxCommand.Close(new OpenRecording(Recording, "11", null, _clock.GetUtcNow())));
        await Until(async () => (await Box()).Messages.ContainsKey(Recording));
        var stray = BlobName.Of("voicemail", _tenant.Value, "10-stray-1.wav");
        await _blobs.Put(stray, new MemoryStream([1]));
        var sweep = new VoicemailSweep(this, _mailboxes, _region, _blobs, _recordings, _clock);
        Assert.Equal(0, await sweep.Run()); // only marked: whoever keeps it may be about to name it
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await sweep.Run());
        Assert.Null(_blobs.PathOf(stray));
        Assert.Single((await Box()).Messages);

        Settings = Settings with { Retention = TimeSpan.FromDays(30) };
        _clock.Advance(TimeSpan.FromDays(31));
        await sweep.Run();
        await Until(async () => (await Box()).Messages.IsEmpty);
    }

    /// <summary>As the recorder writes it: A-law.</summary>
    void Speaks(string recording, TimeSpan length, bool lyingHeader = false, TimeSpan silent = default)
    {
        var path = _recordings.PathOf(recording);
        _recording.Add(path);
        var codes = Tones.Sine(700, 800).Select(Tones.ToALaw).ToArray(); // a tenth of a second, over and over: 70 whole waves
        byte[] data =
        [
            .. Enumerable.Range(0, (int)(length.TotalSeconds * 8000)).Select(i => codes[i % codes.Length]),
            .. Enumerable.Repeat((byte)0xD5, (int)(silent.TotalSeconds * 8000)),
        ];
        var header = new byte[58];
        "RIFF"u8.CopyTo(header);
        BitConverter.GetBytes((ushort)6).CopyTo(header, 20);
        BitConverter.GetBytes(lyingHeader ? 0 : data.Length).CopyTo(header, 54);
        File.WriteAllBytes(path, [.. header, .. data]);
    }

    void Ends(string recording)
    {
        _recording.Remove(_recordings.PathOf(recording));
        _region.Tell(_id, new MailboxCommand.Finish(recording));
    }

    void Guess(int serial, string pin, PinSource from) => _region.Tell(_id, new MailboxCommand.Asked(_call, serial, new MailboxQuestion.CheckPin(pin, from)));

    async Task<MailboxAnswer> Says(PinSource from, string pin = "4711")
    {
        Guess(++_asked, pin, from);
        var said = await Told<CallCommand.MailboxSays>();
        Assert.Equal(_asked, said.Serial);
        return said.Answer;
    }

    Task<ReadModelRow?> Row() => ((IReadModels)_journal).Get(VoicemailRows.Model.Name, _tenant, Recording);

    static string Plain(string json) => json.Replace("\\u002B", "+", StringComparison.Ordinal);

    Task<MailboxState> Box() => _region.Ask<MailboxState>(_id, new GetMailbox(), _patience);

    async Task<T> Told<T>()
    {
        using var over = new CancellationTokenSource(_patience);
        while (true) if (await _told.Reader.ReadAsync(over.Token) is T told) return told;
    }

    async Task<List<EntityId>> Remembered()
    {
        var all = new List<EntityId>();
        await foreach (var one in ((IDirectory)_journal).Remembered(_id.Shard, default)) all.Add(one);
        return all;
    }

    static async Task Until(Func<Task<bool>> holds)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var over = new CancellationTokenSource(_patience);
        while (!await holds()) await ticks.WaitForNextTickAsync(over.Token);
    }

    /// <summary>What is tried again after a while: the clock runs on until it has been.</summary>
    Task Later(Func<Task<bool>> holds) => Until(() =>
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return holds();
    });

    void Start()
    {
        _recordings = new RecordingFolder(_folder["recording"]);
        _mailboxes = new Mailboxes();
        var ownership = new SoleOwnership();
        var persistence = new PersistenceContext(_store, new EventRegistry().AddMailboxEvents(), ownership);
        _system = new ActorSystem(new ActorSystemOptions { Persistence = persistence }, _clock, NullLogger<ActorSystem>.Instance);
        _region = new ShardRegion(_system, ownership, _journal);
        var services = new MailboxServices(_mailboxes, this, new VoicemailAudio(_blobs, _recordings), path => _recording.Contains(path), _region, _clock, NullLogger<MailboxActor>.Instance);
        _region.Register(MailboxEntity.Kind, id => Props.Create(() => new MailboxActor(id, services)));
        _region.Register(CallId.Kind, _ => Props.Create(() => new Ear(_told.Writer, () => false)));
        _region.Register(WebhookEntity.Kind, _ => Props.Create(() => new Ear(_told.Writer, () => _answersWebhooks)));
    }

    TenantState Company => TenantState.Initial with
    {
        Id = _tenant,
        Extensions = IsGone ? TenantState.Initial.Extensions : TenantState.Initial.Extensions.Add(_ten, new Extension(_ten) { Voicemail = Settings }),
    };

    TenantState? ITenants.Find(TenantId id) => Company;

    TenantState? ITenants.ByPhoneNumber(E164 number) => null;

    (TenantState Tenant, Extension Extension)? ITenants.BySipUser(string sipUser) => null;

    IReadOnlyCollection<TenantState> ITenants.All => [Company];

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A call, or a webhook, that keeps what it is told.</summary>
    sealed class Ear(ChannelWriter<object> told, Func<bool> answers) : Actor
    {
        protected override void Receive(object message)
        {
            told.TryWrite(message);
            if (message is WebhookCommand.Send send && answers()) Reply(new WebhookQueued(send.Webhook.Id));
        }
    }
}
