using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>A caller of the infoline, which leads to queue 1000 and then to a farewell; consultants are 11, 12 and two mobiles, of which the second must press 1.</summary>
sealed class QueueSpec
{
    public static readonly E164 Infoline = E164.Parse("+48943401128");
    public static readonly ExtensionNumber Number = ExtensionNumber.Parse("1000");
    public static readonly ConsultantId Anna = ConsultantId.Parse("11"), Basia = ConsultantId.Parse("12"), Cezary = ConsultantId.Parse("external:cezary"), Dorota = ConsultantId.Parse("external:dorota");
    static readonly PlaySource _music = new PlaySource.Tone(ToneKind.Beep);

    public QueueSpec(string caller = "+48601234567")
    {
        Caller = caller;
        foreach (var sound in new[] { "welcome", "callback-accepted", "callback-refused", "accept-call", "goodbye", "first-in-queue", "ahead-in-queue", "expected-wait", "n-2-feminine", "person-few", "minute-few", "still-waiting" })
            Table.Prompts[sound] = new PlaySource.Files([$"/{sound}.wav"]);
        var scheme = new SchemeGraph(new("queue"),
        [
            new TestQueue { Id = new("queue"), Exits = new[] { "key", "timeout", "full" }.ToImmutableSortedDictionary(exit => exit, _ => new ElementId("bye")) },
            new AnnouncementElement { Id = new("bye"), Sound = SoundId.OfPrompt("goodbye") },
        ]);
        var id = new SchemeId("main");
        Table.Tenant = Table.Tenant with
        {
            Schemes = Table.Tenant.Schemes.SetItem(id, new Scheme(id) { Current = 1, Versions = ImmutableSortedDictionary<int, SchemeVersion>.Empty.Add(1, new(1, scheme, "test", Table.Now)) }),
            PhoneNumbers = Table.Tenant.PhoneNumbers.SetItem(Infoline, new PhoneNumber(Infoline) { ForwardTo = new ForwardTarget.ToScheme(id) }),
            ExternalNumbers = Table.Tenant.ExternalNumbers
                .Add(Cezary.External!.Value, new ExternalNumber(Cezary.External!.Value, E164.Parse("+48501000001")))
                .Add(Dorota.External!.Value, new ExternalNumber(Dorota.External!.Value, E164.Parse("+48501000002")) { MayTransfer = true }),
        };
        Set(queue => queue);
    }

    public CallTable Table { get; } = new();

    public string Caller { get; }

    public CallState Call => Table.Call;

    public QueueTicket Ticket => new(Call.Id, 1);

    public SchemeWait.Queueing? Wait => Call.Scheme?.Wait as SchemeWait.Queueing;

    public void Set(Func<Queue, Queue> change) => Table.Tenant = Table.Tenant with
    {
        Queues = Table.Tenant.Queues.SetItem(Number, change(Table.Tenant.Queues.GetValueOrDefault(Number) ?? new Queue(Number)
        {
            Consultants = [new(Anna), new(Basia), new(Cezary), new(Dorota) { PressOne = true }],
        })),
    };

    public void CallIn()
    {
        Table.Dial(Infoline.Value, new CallOrigin.Trunk("first", Infoline, Caller == CallState.WithheldCaller ? null : Caller, null));
        Table.FromCaller("ACK", 1);
    }

    public void Say(QueueNotice notice) => Table.Take(new CallCommand.QueueSays(Ticket, notice));

    public void Offer(long number, params ConsultantId[] to) => Say(new QueueNotice.Offer(number, [.. to], TimeSpan.FromSeconds(20)));

    public void Grant(int line, string trunk = "first") => Table.Take(new CallCommand.ChannelGranted(trunk, Call.Step, line) { Key = ChannelName.Of(Call, Call.TrunksTried.GetValueOrDefault(line), line) });

    public void Press(int leg, char key) => Table.Take(new CallCommand.Media(new MediaEvent.Dtmf(Stream(leg), key, TimeSpan.FromMilliseconds(100))));

    public void Played() => Table.Take(new CallCommand.Media(new MediaEvent.PlayEnded(Stream(0), new PlayId(1), Completed: true)));

    public void RingingIsOver() => Table.Take(new CallCommand.GiveUpRinging(Call.Step));

    public void Bye() => Table.FromCaller("BYE", 2);

    /// <summary>What the last turn told the distributor.</summary>
    public IReadOnlyList<DistributorCommand> Told => [.. Table.Done<CallEffect.Tell>().Select(tell => tell.Message).OfType<DistributorCommand>()];

    /// <summary>What all turns told it.</summary>
    public IReadOnlyList<DistributorCommand> AllTold => [.. Table.AllEffects.OfType<CallEffect.Tell>().Select(tell => tell.Message).OfType<DistributorCommand>()];

    public T Last<T>() where T : DistributorCommand => AllTold.OfType<T>().Last();

    /// <summary>The leg of the consultant; the last, where there were several.</summary>
    public int LegOf(ConsultantId consultant) => Call.Legs.Last(leg => leg.Seat?.Consultant == consultant).Number;

    public IEnumerable<ConsultantId> Ringing => Call.Legs.Where(leg => leg is { Live: true, Up: false, Seat: not null }).Select(leg => leg.Seat!.Consultant);

    public StreamId Stream(int leg) => new(Call[leg]!.Media!.Stream);

    /// <summary>What a leg hears of the exchange; music is a beep here.</summary>
    public PlaySource? Heard(int leg) => Plan().Single(plan => plan.Stream == Stream(leg)).Playing;

    public string? HeardFiles(int leg = 0) => Heard(leg) is PlaySource.Files files ? string.Join(' ', files.Paths) : Heard(leg) is null ? null : "music";

    public ImmutableArray<StreamPlan> Plan()
    {
        var prompt = Wait is { } wait ? (wait.Sounds.IsEmpty ? null : InScheme.Source(Table.World, Call, wait.Sounds)) ?? QueueSounds.Music(Table.World, Call, wait)
            : Call.Scheme?.Wait is SchemeWait.Playing(var sounds, _) ? InScheme.Source(Table.World, Call, sounds) : null;
        return MediaPlan.For(Call, null, false, _music, prompt, PressOne.Question(Table.World, CallTable.Company));
    }

    /// <summary>Waits in queue 1000; * leaves it, # asks to be called back.</summary>
    sealed record TestQueue : SchemeElement
    {
        public override ImmutableArray<ElementExit> Leaves => [];

        public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) => news switch
        {
            ElementNews.Entered => new ElementStep.Join(Number, null, "waits"),
            ElementNews.Key('*') => new ElementStep.Leave("key", "pressed *"),
            ElementNews.Key('#') => new ElementStep.CallBack("pressed #"),
            ElementNews.LeftQueue(var why) => new ElementStep.Leave(QueueExits.NameOf(why), $"{why}", EndCause.SchemeEnded),
            _ => new ElementStep.Stay("waits on") { Memory = memory },
        };
    }
}
