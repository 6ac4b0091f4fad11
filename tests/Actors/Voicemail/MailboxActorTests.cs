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
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    readonly ManualClock _clock = new();
    readonly MemoryJournal _journal = new();
    readonly TempFolder _folder = new();
    readonly Channel<object> _told = Channel.CreateUnbounded<object>();
    readonly HashSet<string> _recording = [];
    readonly MemoryBlobs _blobs;
    RecordingFolder _recordings = null!;
    Mailboxes _mailboxes = null!;
    ActorSystem _system = null!;
    ShardRegion _region = null!;

    public MailboxActorTests()
    {
        _blobs = new MemoryBlobs(_clock);
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
        Assert.Equal((Recording, "https://example.com/hook", "a secret of the receiver's", "voicemail.received"), (hook.Id, hook.Url, hook.Secret, hook.Type));
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
    public async Task Guesses_of_many_calls_at_once_lock_the_box_after_five()
    {
        for (var guess = 0; guess < 20; guess++) _region.Tell(_id, new MailboxCommand.Asked(_call, guess, new MailboxQuestion.CheckPin($"{guess:0000}")));
        var answers = new List<MailboxAnswer>();
        for (var guess = 0; guess < 20; guess++) answers.Add((await Told<CallCommand.MailboxSays>()).Answer);
        Assert.Equal(4, answers.Count(answer => answer is MailboxAnswer.PinWrong));
        Assert.Equal(16, answers.Count(answer => answer is MailboxAnswer.PinLocked));

        _region.Tell(_id, new MailboxCommand.Asked(_call, 99, new MailboxQuestion.CheckPin("4711")));
        Assert.Equal(MailboxAnswer.PinLocked, (await Told<CallCommand.MailboxSays>()).Answer);
        _clock.Advance(MailboxRules.LockFor);
        _region.Tell(_id, new MailboxCommand.Asked(_call, 100, new MailboxQuestion.CheckPin("4711")));
        Assert.Equal(MailboxAnswer.PinRight, (await Told<CallCommand.MailboxSays>()).Answer);
        Assert.DoesNotContain("4711", string.Concat(_journal.EventsOf(_id.PersistenceId).Select(stored => System.Text.Encoding.UTF8.GetString(stored.Payload.Span))), StringComparison.Ordinal);
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
    void Speaks(string recording, TimeSpan length, bool lyingHeader = false)
    {
        var path = _recordings.PathOf(recording);
        _recording.Add(path);
        var codes = Tones.Sine(700, 800).Select(Tones.ToALaw).ToArray(); // a tenth of a second, over and over: 70 whole waves
        var data = Enumerable.Range(0, (int)(length.TotalSeconds * 8000)).Select(i => codes[i % codes.Length]).ToArray();
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

    void Start()
    {
        _recordings = new RecordingFolder(_folder["recording"]);
        _mailboxes = new Mailboxes();
        var ownership = new SoleOwnership();
        var persistence = new PersistenceContext(_journal, new EventRegistry().AddMailboxEvents(), ownership);
        _system = new ActorSystem(new ActorSystemOptions { Persistence = persistence }, _clock, NullLogger<ActorSystem>.Instance);
        _region = new ShardRegion(_system, ownership, _journal);
        var services = new MailboxServices(_mailboxes, this, new VoicemailAudio(_blobs, _recordings), path => _recording.Contains(path), _region, _clock, NullLogger<MailboxActor>.Instance);
        _region.Register(MailboxEntity.Kind, id => Props.Create(() => new MailboxActor(id, services)));
        _region.Register(CallId.Kind, _ => Props.Create(() => new Ear(_told.Writer)));
        _region.Register(WebhookEntity.Kind, _ => Props.Create(() => new Ear(_told.Writer)));
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
    sealed class Ear(ChannelWriter<object> told) : Actor
    {
        protected override void Receive(object message)
        {
            told.TryWrite(message);
            if (message is WebhookCommand.Send send) Reply(new WebhookQueued(send.Webhook.Id));
        }
    }
}
