using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Actors.Calls;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Timeline;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Trunks;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Media;
using TeleCube.Media.Messages;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;
using TeleCube.Tests.Support;
using CallId = TeleCube.Actors.Calls.Model.CallId;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>
/// Real call actors over a journal that can go away; the wire is a list of what was put on it, the world is that of <see cref="CallTable"/>, every trunk
/// has a channel free, and the clock is moved by hand.
/// </summary>
sealed class CallHouse : ISignalling, IMediaEngine, IAsyncDisposable
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    readonly Channel<SipMessage> _wire = Channel.CreateUnbounded<SipMessage>();
    readonly ActorSystem _system;
    readonly TempFolder _folder = new();
    readonly MediaDesk _desk;
    TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CallHouse(CallTable? table = null)
    {
        Table = table ?? new CallTable();
        Memory = new MemoryJournal(CallViews.Cdrs, CallViews.Timelines);
        Journal = new ScriptedJournal(Memory);
        Journal.Written += () => Interlocked.Exchange(ref _written, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        var ownership = new SoleOwnership(1);
        var persistence = new PersistenceContext(Journal, new EventRegistry().AddDomain().AddCallEvents(), ownership);
        Quarantine = persistence.Quarantine;
        _system = new ActorSystem(new ActorSystemOptions { Persistence = persistence }, Clock, NullLogger<ActorSystem>.Instance);
        Region = new ShardRegion(_system, ownership, Memory);
        var desk = _desk = new MediaDesk(new MediaPortPool(new(30_000, 30_100), Clock), new MediaAddress(IPAddress.Loopback, IPAddress.Loopback));
        var services = new CallServices(Table.World, this, this, desk, Region, Live, Clock, NullLogger<CallActor>.Instance) { Recordings = new RecordingFolder(_folder.Path), Decisions = new Undecided() };
        Region.Register(CallId.Kind, id => Props.Create(() => new CallActor(id, services)));
        Region.Register(TrunkEntity.Kind, id => Props.Create(() => new Granting(new TrunkId(id.Id))));
    }

    /// <summary>The world of the calls; nothing of the call itself is on it.</summary>
    public CallTable Table { get; }

    public MemoryJournal Memory { get; }

    public ScriptedJournal Journal { get; }

    public Quarantine Quarantine { get; }

    public ManualClock Clock { get; } = new();

    public ShardRegion Region { get; }

    public LiveCalls Live { get; } = new();

    public CallId Id { get; } = new("01hzzzzzzzzzzzzzzzzzzzzzzz");

    public EntityId Call => Id.Entity(CallTable.Company);

    /// <summary>An INVITE begins the call, of extension 10 unless it is said whose.</summary>
    public void Dial(string number, CallOrigin? origin = null) => Region.TryBegin(
        Call,
        new CallCommand.Begin(CallTable.Company, origin ?? new CallOrigin.Extension("10"), CallTable.Invite(number), new ServerTransactionId("t-invite"), CallTable.Flow));

    /// <summary>The far end of leg 1 answers the INVITE that it was sent.</summary>
    public void Answer(SipRequest invite, int leg = 1) => Region.Tell(
        Call, new CallCommand.Response(leg, new ClientTransactionId("t-out"), CallTable.Answer200(invite, leg), CallTable.Flow, new SentContext(Call, leg, SeedOf(invite), SipMethod.Invite, null)));

    /// <summary>The caller acknowledges and, in time, hangs up.</summary>
    public void FromCaller(SipResponse dialog, string method, uint cseq)
    {
        var request = CallTable.WithinDialog(dialog, method, cseq);
        Region.Tell(Call, method == "ACK" ? new CallCommand.Ack(0, request) : new CallCommand.Request(0, new ServerTransactionId($"t-{method}"), request, CallTable.Flow));
    }

    /// <summary>The far end of leg 1 refuses the INVITE that it was sent.</summary>
    public void Refuse(SipRequest invite, int status, int leg = 1) => Region.Tell(
        Call,
        new CallCommand.Response(
            leg, new ClientTransactionId("t-out"), SipResponse.For(invite, status, null, "refuser"), CallTable.Flow,
            new SentContext(Call, leg, SeedOf(invite), SipMethod.Invite, null)));

    /// <summary>The far end answers our BYE.</summary>
    public void Answered(SipRequest request, int leg = 1) => Region.Tell(
        Call, new CallCommand.Response(leg, new ClientTransactionId("t-bye"), SipResponse.For(request, 200), CallTable.Flow, new SentContext(Call, leg, SeedOf(request), request.Method, null)));

    /// <summary>The carrier wants to know who asks.</summary>
    public void Challenges(SipRequest request, int leg = 1)
    {
        var refusal = SipResponse.For(request, 407);
        refusal.Headers.Add("Proxy-Authenticate", "Digest realm=\"carrier\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"");
        Region.Tell(Call, new CallCommand.Response(leg, new ClientTransactionId("t-bye"), refusal, CallTable.Flow, new SentContext(Call, leg, SeedOf(request), request.Method, null)));
    }

    /// <summary>What the exchange is asked for by this carrier.</summary>
    public void WithCredentials(string user, string password) =>
        Table.Trunks = [Table.Trunks[0] with { Outbound = new TrunkCredentials(user, password) }];

    /// <summary>The next message of this kind that goes out; others are passed over.</summary>
    public async Task<SipRequest> Sends(string method)
    {
        while (true) if (await Next() is SipRequest request && request.Method.Name == method) return request;
    }

    public async Task<SipResponse> Responds(int status)
    {
        while (true) if (await Next() is SipResponse response && response.Status == status) return response;
    }

    public IEnumerable<string> Journaled => Memory.EventsOf(Call.PersistenceId).Select(stored => stored.Type);

    public Task<ReadModelRow?> Cdr() => ((IReadModels)Memory).Get(CallViews.Cdrs.Name, CallTable.Company, Id.Value);

    public Task<IReadOnlyList<TimelineEntry>> Timeline() => Region.Ask<IReadOnlyList<TimelineEntry>>(Call, new GetTimeline(), _patience);

    public Task<CallState> State() => Region.Ask<CallState>(Call, new GetCall(), _patience);

    /// <summary>Waits until the journal has an event of this type.</summary>
    public async Task Writes(string type)
    {
        using var over = new CancellationTokenSource(_patience);
        while (true)
        {
            var more = Volatile.Read(ref _written).Task;
            if (Journaled.Contains(type)) return;
            await more.WaitAsync(over.Token);
        }
    }

    /// <summary>Until a timer is armed that is due by then.</summary>
    public async Task WaitsAtMost(TimeSpan time)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var over = new CancellationTokenSource(_patience);
        while (Clock.FirstDue is not { } due || due > Clock.GetUtcNow() + time) await ticks.WaitForNextTickAsync(over.Token);
    }

    readonly Dictionary<SipRequest, string> _seeds = [];

    string SeedOf(SipRequest request)
    {
        lock (_seeds) return _seeds[request];
    }

    async Task<SipMessage> Next()
    {
        using var over = new CancellationTokenSource(_patience);
        return await _wire.Reader.ReadAsync(over.Token);
    }

    void ISignalling.Respond(ServerTransactionId transaction, SipResponse response) => _wire.Writer.TryWrite(response);

    SipRequest ISignalling.Send(SipRequest request, SipTarget target, string seed, object context)
    {
        lock (_seeds) _seeds[request] = seed;
        _wire.Writer.TryWrite(request);
        return request;
    }

    SipRequest ISignalling.Acknowledge(ClientTransactionId? invite, SipRequest ack, SipTarget target)
    {
        _wire.Writer.TryWrite(ack);
        return ack;
    }

    void ISignalling.Cancel(string seed, IReadOnlyList<(string Name, string Value)> headers) { }

    void ISignalling.Restore(SipRequest invite, SipTarget target, string seed, object context) { }

    void ISignalling.Restore(EntityId call, SipRequest invite, SipFlow flow, SipResponse? answer) { }

    /// <summary>What a stream reports when it is asked; null: it does not.</summary>
    public StreamQuality? Quality { get; set; } = StreamQuality.None;

    void IMediaEngine.Send(MediaCommand command)
    {
        if (command is MediaCommand.Report(var stream) && Quality is { } figures) _desk.Heard(new MediaEvent.Quality(stream, figures));
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        _folder.Dispose();
    }

    sealed class Granting(TrunkId id) : Actor
    {
        protected override void Receive(object message)
        {
            if (message is TrunkMessage.SeizeChannel seize) Reply(new TrunkMessage.ChannelGranted(id, seize.Leg));
        }
    }
}
