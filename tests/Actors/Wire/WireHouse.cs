using System.Net;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Wire;

/// <summary>
/// A whole exchange within the test, but for sockets and audio: real call actors, distributor, trunks, SIP stack and ingress over a journal in memory; phones and a
/// carrier that speak SIP with it; a clock that is moved by hand. Nothing runs but what the test runs, so one seed makes one history.
/// </summary>
sealed class WireHouse : IDisposable
{
    public static readonly TenantId Company = new("firmaabcde");
    public static readonly TariffId Tariff = new("standard");
    static readonly EventRegistry _registry = new EventRegistry().AddCallEvents();

    readonly TempFolder _folder = new();
    readonly Dictionary<IPEndPoint, FarEnd> _ends = [];
    int _names;
    int _ports = 30_000;

    public WireHouse(TenantState tenant, DateTimeOffset start, int seed, params IReadOnlyList<string> phones)
    {
        Chance = new SeededRandom(seed);
        Clock = new ManualClock(start);
        Journal = new ScriptedJournal(Memory);
        Recordings = new RecordingFolder(_folder.Path);
        Tenants.Publish(tenant);
        var carrier = new TrunkConfig(new TrunkId("carrier"), "127.0.2.1") { ChannelLimit = 10_000 };
        Platform.Publish(PlatformState.Initial with
        {
            Trunks = PlatformState.Initial.Trunks.Add(carrier.Id, carrier),
            Tariffs = PlatformState.Initial.Tariffs.Add(Tariff, new Tariff(Tariff, "Standard", 1)
            {
                Rows = [new TariffRow(TariffKey.Prefix("48"), "Polska", 0.05m), new TariffRow(TariffKey.SmsPremium, "SMS", 0.10m)],
                Vat = [new VatRate(new DateOnly(2011, 1, 1), 0.23m)],
            }),
        });
        Carrier = Add("carrier", new IPEndPoint(IPAddress.Parse("127.0.2.1"), 5060));
        Phones = phones.ToDictionary(number => number, number => Add(number, new IPEndPoint(IPAddress.Parse($"127.0.1.{number}"), 5060)));
        Life = new ExchangeLife(this);
        foreach (var number in phones) Register(number);
        Settle();
    }

    public ManualClock Clock { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>By which calls get their names, so that what is drawn by them is the same in every run.</summary>
    public SeededRandom Chance { get; }

    public MemoryJournal Memory { get; } = new(CallViews.Cdrs, CallViews.Timelines, AuditLog.Model);

    public ScriptedJournal Journal { get; }

    public RecordingFolder Recordings { get; }

    public TenantRegistry Tenants { get; } = new();

    public PlatformRegistry Platform { get; } = new();

    public FaultLog Log { get; } = new();

    public ScriptedServers Servers { get; } = new();

    public List<SmsCommand.Send> Sms { get; } = [];

    public ExchangeLife Life { get; private set; }

    public Ether Ether => Life.Ether;

    /// <summary>By whom the world outside calls and is called.</summary>
    public FarEnd Carrier { get; }

    /// <summary>A phone of each extension.</summary>
    public IReadOnlyDictionary<string, FarEnd> Phones { get; }

    public IEnumerable<FarEnd> Ends => _ends.Values;

    public TenantState Tenant => Tenants.Find(Company)!;

    public string NextName() => $"{++_names}";

    public int NextPort() => _ports += 2;

    public void Register(string number, bool there = true)
    {
        var at = Phones[number].At;
        RegistrationRow row = new()
        {
            Tenant = Company,
            Extension = number,
            Contact = $"sip:{number}@{at}",
            Received = $"udp:{at}",
            Local = $"udp:{Ether.Exchange}",
            CallId = "reg",
            CSeq = 1,
            RegisteredAt = Now,
            ExpiresAt = Now.AddYears(1),
        };
        Life.Phones.Publish(Company, ExtensionNumber.Parse(number), there ? [row] : []);
    }

    /// <summary>Everything that follows from what was done is done, at this very moment.</summary>
    public void Settle()
    {
        while (TryStep()) { }
        if (Log.Faults.Count > 0) throw new InvalidOperationException(string.Join('\n', Log.Faults));
    }

    /// <summary>Sounds last no time; else each is over when the test says so.</summary>
    public bool EndsSounds { get; init; } = true;

    /// <summary>One turn of one actor, one datagram, or one sound.</summary>
    public bool TryStep()
    {
        if (Life.TryTurn()) return true;
        if (!Ether.TryDeliver(out var sent)) return EndsSounds && Life.Media.TryEndSound();
        if (_ends.TryGetValue(sent.Target.Remote, out var end)) end.Take(sent.Bytes);
        return true;
    }

    /// <summary>When something is due by time alone.</summary>
    public DateTimeOffset? FirstDue => _ends.Values.Select(end => end.NextRepeat).Append(Clock.FirstDue).Min();

    /// <summary>Lets time pass from one thing that is due to the next.</summary>
    public void Pass(TimeSpan time)
    {
        var until = Now + time;
        while (PassToNext(until)) { }
    }

    /// <summary>To what is due first, or to the given time; false when that is reached.</summary>
    public bool PassToNext(DateTimeOffset until)
    {
        var to = FirstDue is { } due && due < until ? due : until;
        Clock.Advance(to > Now ? to - Now : TimeSpan.Zero);
        foreach (var end in _ends.Values) end.Repeat();
        Settle();
        return Now < until || FirstDue <= until;
    }

    /// <summary>kill -9; what the far ends say from now on nobody hears.</summary>
    public void Kill() => Life.Dispose();

    /// <summary>A new process over the same store.</summary>
    public void Restart(IReadOnlySet<string> away)
    {
        Life = new ExchangeLife(this);
        foreach (var number in Phones.Keys) Register(number, !away.Contains(number));
        while (Life.TryTurn()) { } // the trunk is there before anybody is called again
        Life.Resume();
    }

    /// <summary>The stream of the exchange that sends its audio to this far end.</summary>
    public TeleCube.Media.Messages.StreamId? StreamTo(FarCall call) =>
        Life.Media.Remote.Where(pair => pair.Value == call.Port).Select(pair => (TeleCube.Media.Messages.StreamId?)pair.Key).FirstOrDefault();

    /// <summary>What the journal has of a call.</summary>
    public IEnumerable<CallEvent> EventsOf(CallId call, int after = 0) =>
        Memory.EventsOf(call.Entity(Company).PersistenceId).Skip(after).Select(stored => (CallEvent)_registry.Decode(stored.Type, stored.Version, stored.Payload.Span));

    public void Dispose()
    {
        Life.Dispose();
        _folder.Dispose();
    }

    FarEnd Add(string name, IPEndPoint at) => _ends[at] = new FarEnd(this, name, at);
}
