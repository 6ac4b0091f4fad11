using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
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

namespace TeleCube.Actors.Tests.Voicemail;

/// <summary>The box of extension 10 with its files, over a store that can go away, and the ears of the calls and webhooks that it talks to.</summary>
sealed class MailboxHouse : ITenants, IAsyncDisposable
{
    public const string Recording = "01hzzzzzzzzzzzzzzzzzzzzzz0-3";

    public static readonly TenantId Tenant = new("firmaabcde");
    public static readonly ExtensionNumber Ten = ExtensionNumber.Parse("10");
    public static readonly EntityId Id = MailboxEntity.Of(Tenant, Ten);
    public static readonly CallId Call = new("01hzzzzzzzzzzzzzzzzzzzzzz0");
    public static readonly PinSource Stranger = new("+48600100200");
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Channel<object> _told = Channel.CreateUnbounded<object>();
    ActorSystem _system = null!;
    int _asked;

    public MailboxHouse()
    {
        Blobs = new MemoryBlobs(Clock);
        Store = new ScriptedJournal(Journal);
        Start();
    }

    public ManualClock Clock { get; } = new();

    public MemoryJournal Journal { get; } = new([VoicemailRows.Model]);

    /// <summary>The same journal, as the box sees it.</summary>
    public ScriptedJournal Store { get; }

    public TempFolder Folder { get; } = new();

    public MemoryBlobs Blobs { get; }

    public RecordingFolder Recordings { get; private set; } = null!;

    public Mailboxes Mailboxes { get; private set; } = null!;

    public ShardRegion Region { get; private set; } = null!;

    /// <summary>The files to which the recorder still writes.</summary>
    public ConcurrentDictionary<string, bool> StillRecording { get; } = [];

    /// <summary>Else they are refused.</summary>
    public bool TakesWebhooks { get; set; } = true;

    /// <summary>The extension has been deleted.</summary>
    public bool IsGone { get; set; }

    public VoicemailSettings Settings { get; set; } = new() { On = true, Pin = PasswordHash.Of("4711", new byte[16], 1000) };

    /// <summary>What boxes have logged.</summary>
    public ConcurrentQueue<string> Logged { get; } = [];

    /// <summary>As the recorder writes it: A-law.</summary>
    public void Speaks(string recording, TimeSpan length, bool lyingHeader = false, TimeSpan silent = default)
    {
        var path = Recordings.PathOf(recording);
        StillRecording[path] = true;
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

    public void Ends(string recording)
    {
        StillRecording.TryRemove(Recordings.PathOf(recording), out _);
        Region.Tell(Id, new MailboxCommand.Finish(recording));
    }

    public void Tell(MailboxCommand command) => Region.Tell(Id, command);

    /// <summary>Returns when it is done, or refused.</summary>
    public Task Do(MailboxCommand command) => Region.Ask<object>(Id, command, Patience);

    public void Guess(int serial, string pin, PinSource from) => Region.Tell(Id, new MailboxCommand.Asked(Call, serial, new MailboxQuestion.CheckPin(pin, from)));

    public async Task<MailboxAnswer> Says(PinSource from, string pin = "4711")
    {
        Guess(++_asked, pin, from);
        var said = await Told<CallCommand.MailboxSays>();
        Assert.Equal(_asked, said.Serial);
        return said.Answer;
    }

    public Task<ReadModelRow?> Row() => ((IReadModels)Journal).Get(VoicemailRows.Model.Name, Tenant, Recording);

    public static string Plain(string json) => json.Replace("\\u002B", "+", StringComparison.Ordinal);

    public Task<MailboxState> Box() => Region.Ask<MailboxState>(Id, new GetMailbox(), Patience);

    public async Task<T> Told<T>()
    {
        using var over = new CancellationTokenSource(Patience);
        while (true) if (await _told.Reader.ReadAsync(over.Token) is T told) return told;
    }

    public async Task<List<EntityId>> Remembered()
    {
        var all = new List<EntityId>();
        await foreach (var one in ((IDirectory)Journal).Remembered(Id.Shard, default)) all.Add(one);
        return all;
    }

    public static async Task Until(Func<Task<bool>> holds)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var over = new CancellationTokenSource(Patience);
        while (!await holds()) await ticks.WaitForNextTickAsync(over.Token);
    }

    /// <summary>What is tried again after a while: the clock runs on until it has been.</summary>
    public Task Later(Func<Task<bool>> holds) => Until(() =>
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        return holds();
    });

    public void Start()
    {
        Recordings = new RecordingFolder(Folder["recording"]);
        Mailboxes = new Mailboxes();
        var ownership = new SoleOwnership();
        var persistence = new PersistenceContext(Store, new EventRegistry().AddMailboxEvents(), ownership);
        _system = new ActorSystem(new ActorSystemOptions { Persistence = persistence }, Clock, NullLogger<ActorSystem>.Instance);
        Region = new ShardRegion(_system, ownership, Journal);
        var services = new MailboxServices(Mailboxes, this, new VoicemailAudio(Blobs, Recordings), path => StillRecording.ContainsKey(path), Region, Clock, new Lines(Logged));
        Region.Register(MailboxEntity.Kind, id => Props.Create(() => new MailboxActor(id, services)));
        Region.Register(CallId.Kind, _ => Props.Create(() => new Ear(_told.Writer, () => false)));
        Region.Register(WebhookEntity.Kind, _ => Props.Create(() => new Ear(_told.Writer, () => TakesWebhooks)));
    }

    sealed class Lines(ConcurrentQueue<string> lines) : ILogger<MailboxActor>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));
    }

    TenantState Company => TenantState.Initial with
    {
        Id = Tenant,
        Extensions = IsGone ? TenantState.Initial.Extensions : TenantState.Initial.Extensions.Add(Ten, new Extension(Ten) { Voicemail = Settings }),
    };

    TenantState? ITenants.Find(TenantId id) => Company;

    TenantState? ITenants.ByPhoneNumber(E164 number) => null;

    (TenantState Tenant, Extension Extension)? ITenants.BySipUser(string sipUser) => null;

    IReadOnlyCollection<TenantState> ITenants.All => [Company];

    public ValueTask Stop() => _system.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Folder.Dispose();
    }

    /// <summary>A call, or a webhook, that keeps what it is told.</summary>
    sealed class Ear(ChannelWriter<object> told, Func<bool> takesWebhooks) : Actor
    {
        protected override void Receive(object message)
        {
            var takes = takesWebhooks();
            told.TryWrite(message);
            if (message is WebhookCommand.Send send) Reply(takes ? new WebhookQueued(send.Webhook.Id) : KernelRejections.StorageUnavailable("away"));
        }
    }
}
