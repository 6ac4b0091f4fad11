using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Schemes.Lint;
using TeleCube.Actors.Schemes.Simulation;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Tests.Wire.Walks;

/// <summary>
/// A company made by chance from a seed: two schemes of every kind of element that lead into each other, extensions with conditions and forwards of their own,
/// a queue; and one call to it. Hours are drawn around the moment of the call, so that waits on the way lead over their edges.
/// </summary>
sealed class RandomCompany
{
    public static readonly E164 Landline = E164.Parse("+48943401128");
    public static readonly SchemeId First = new("infoline"), Second = new("second");
    public static readonly ExternalNumber Office = new(new("office"), E164.Parse("+48501234567"));
    public static readonly ExtensionNumber QueueNumber = ExtensionNumber.Parse("1001");
    public static readonly ImmutableArray<string> Phones = ["11", "12", "13", "14"];

    static readonly SwitchId _night = new("night");

    readonly Random _random;
    readonly DateTimeOffset _at;

    RandomCompany(int seed, MomentKind kind)
    {
        _random = new Random(seed);
        _at = WalkMoments.Draw(kind, _random);
        var company = Company();
        var second = Graph("s", company);
        var first = Graph("e", company);
        Tenant = With(With(company, Second, second), First, first);
        Lints = SchemeLint.Check(Second, second, Tenant).IsEmpty && SchemeLint.Check(First, first, Tenant).IsEmpty;
        Call = ACall(first.Elements.Concat(second.Elements));
    }

    public TenantState Tenant { get; }

    public SimulatedCall Call { get; }

    public bool Lints { get; }

    /// <summary>The first that lints of those that follow from the seed.</summary>
    public static RandomCompany Of(int seed, MomentKind kind)
    {
        for (var salt = 0; salt < 1000; salt++)
            if (new RandomCompany(HashCode(seed, salt), kind) is { Lints: true } company) return company;
        throw new InvalidOperationException($"of a thousand schemes of seed {seed} none lints");
    }

    /// <summary>As <see cref="System.HashCode"/>, but the same in every process.</summary>
    static int HashCode(int seed, int salt) => unchecked(((seed * 486_187_739) + (salt * 16_777_619)) & int.MaxValue);

    TenantState Company() => new()
    {
        Id = WireHouse.Company,
        Status = TenantStatus.Active,
        LoginPrefix = WireHouse.Company.Value,
        Tariff = WireHouse.Tariff,
        Extensions = new[] { Extension("11"), Extension("12"), Extension("13"), Extension("14") }.ToImmutableSortedDictionary(one => one.Number, one => one),
        ExternalNumbers = ImmutableSortedDictionary<ExternalNumberId, ExternalNumber>.Empty.Add(Office.Id, Office),
        Queues = ImmutableSortedDictionary<ExtensionNumber, Queue>.Empty.Add(QueueNumber, AQueue()),
        Switches = ImmutableSortedDictionary<SwitchId, ManualSwitch>.Empty.Add(_night, new ManualSwitch(_night) { On = Maybe() }),
        PhoneNumbers = Phones.Select(Direct)
            .Append(new PhoneNumber(Landline) { ForwardTo = new ForwardTarget.ToScheme(First) })
            .Append(new PhoneNumber(ToOffice) { ForwardTo = new ForwardTarget.ToExternalNumber(Office.Id) })
            .ToImmutableSortedDictionary(one => one.Number, one => one),
    };

    /// <summary>Leads to that extension alone: by it somebody is made busy.</summary>
    public static E164 DirectTo(string extension) => E164.Parse($"+489434012{extension}");

    public static E164 ToOffice { get; } = E164.Parse("+48943401299");

    static PhoneNumber Direct(string extension) => new(DirectTo(extension)) { ForwardTo = new ForwardTarget.ToExtension(ExtensionNumber.Parse(extension)) };

    Extension Extension(string number) => new(ExtensionNumber.Parse(number))
    {
        Description = $"Biuro {number}",
        CallWaiting = Often(),
        DoNotDisturb = !Often() && !Often(),
        RingTime = TimeSpan.FromSeconds(_random.Next(5, 60)),
        Voicemail = new() { On = !Often() },
        Forwards = Often() ? ExtensionForwards.None : new(Target(number), Target(number), Target(number), Target(number)),
    };

    /// <summary>Another extension, a number outside, or none; rarely where all calls go.</summary>
    DialledNumber? Target(string from) => _random.Next(6) switch
    {
        0 => new DialledNumber.Internal(ExtensionNumber.Parse(Phones.Remove(from)[_random.Next(3)])),
        1 => new DialledNumber.Public(Office.Number),
        _ => null,
    };

    Queue AQueue() => new(QueueNumber)
    {
        Name = "Pomoc",
        Consultants = [.. Consultants()],
        Strategy = Maybe() ? QueueStrategy.All : Any(QueueStrategy.InOrder, QueueStrategy.Skills, QueueStrategy.RoundRobin, QueueStrategy.LongestIdle, QueueStrategy.FewestCalls),
        MaxWait = Often() ? TimeSpan.FromSeconds(_random.Next(5, 40)) : TimeSpan.Zero,
        RingFor = TimeSpan.FromSeconds(_random.Next(5, 25)),
        RetryPause = TimeSpan.FromSeconds(_random.Next(2, 12)),
        WhenEmpty = (EmptyQueue)_random.Next(3),
        MaxLength = _random.Next(2),
        ExitKey = Often() ? '9' : null,
        CallBackKey = Maybe() ? '5' : null,
        FollowForwards = Maybe(),
        RingsBusy = Maybe(),
    };

    IEnumerable<LinkedConsultant> Consultants()
    {
        foreach (var id in new[] { "11", "12", "external:office" })
            if (Often()) yield return new LinkedConsultant(ConsultantId.Parse(id)) { Priority = _random.Next(3), Skills = Maybe() ? ["english"] : [] };
    }

    SchemeGraph Graph(string prefix, TenantState company)
    {
        var ids = Enumerable.Range(0, _random.Next(2, 9)).Select(i => new ElementId($"{prefix}{i}")).ToList();
        var all = ids.Select(id => Wired(Element(id, prefix, company), ids)).ToDictionary(element => element.Id);
        List<ElementId> led = [ids[0]]; // what no way leads to would not lint
        for (var i = 0; i < led.Count; i++) led.AddRange(all[led[i]].Exits.Values.Distinct().Where(next => !led.Contains(next)));
        return new SchemeGraph(ids[0], [.. led.Select(id => all[id])]);
    }

    static TenantState With(TenantState tenant, SchemeId id, SchemeGraph graph) =>
        tenant with { Schemes = tenant.Schemes.SetItem(id, new Scheme(id).With(new SchemeVersion(1, graph, "admin", DateTimeOffset.UnixEpoch))) };

    SchemeElement Element(ElementId id, string prefix, TenantState company) => _random.Next(18) switch
    {
        0 => new AnnouncementElement { Id = id, Sound = Sound("please-wait") },
        1 or 2 => new MenuElement
        {
            Id = id,
            Sound = Sound("enter-number"),
            InvalidSound = Maybe() ? Sound("error") : null,
            Retries = _random.Next(3),
            DialExtensions = Maybe(),
            TimeoutSeconds = _random.Next(1, 20),
            DigitTimeoutSeconds = _random.Next(1, 10),
        },
        3 or 4 => new ExtensionElement { Id = id, Number = AnExtension() },
        5 => new RingGroupElement { Id = id, Strategy = (RingStrategy)_random.Next(3), Rounds = _random.Next(1, 4), RingSeconds = _random.Next(5, 40), Members = Members() },
        6 => new ExternalNumberElement { Id = id, Number = Office.Id },
        7 or 8 or 9 => new TimeConditionElement { Id = id, Periods = [Period("open"), .. Maybe() ? [Period("lunch")] : Array.Empty<TimePeriod>()] },
        10 => new CallerConditionElement { Id = id, Rules = [new() { Exit = "near", Prefixes = ["+48"] }, new() { Exit = "withheld", Anonymous = true }] },
        11 or 12 => new QueueElement { Id = id, Queue = QueueNumber, Skill = company.Queues[QueueNumber].Consultants.Any(one => one.Skills.Length > 0) && Maybe() ? "english" : null },
        13 => new SmsElement { Id = id, Text = "Dzwoni {caller} o {time} dnia {date}", To = Maybe() ? Office.Number : null },
        14 => new WebhookElement { Id = id, Url = $"https://crm.example.org/{id}", Answers = ["vip"] },
        15 => new VoicemailElement { Id = id, Extension = AnExtension() },
        16 => new JumpElement { Id = id, Scheme = Often() == (prefix == "e") ? Second : First },
        _ => new HangupElement { Id = id, Sound = Maybe() ? Sound("goodbye") : null },
    };

    /// <summary>Hours with an edge within minutes of the call, on days that are those of the call or are not.</summary>
    TimePeriod Period(string exit)
    {
        var local = TimeZoneInfo.ConvertTime(_at, WalkMoments.Warsaw).DateTime;
        var today = DateOnly.FromDateTime(local).AddDays(Often() ? 0 : _random.Next(-1, 2));
        var (near, far) = ((int)local.TimeOfDay.TotalMinutes + _random.Next(-2, 4), _random.Next(DayTime.PerDay));
        var hours = Maybe() ? new Hours(Minute(near), Minute(far)) : new Hours(Minute(far), Minute(near));
        return new TimePeriod
        {
            Exit = exit,
            Times = Often() ? [hours] : [],
            Weekdays = Maybe() ? [today.DayOfWeek] : [],
            Dates = Maybe() ? [] : [new DateRange(today, today.AddDays(_random.Next(3)))],
            Yearly = Often() ? [] : [new YearlyRange(MonthDay.Of(today), MonthDay.Of(today.AddDays(_random.Next(3))))],
            PublicHolidays = (HolidayUse)_random.Next(3),
            Switch = Often() ? null : new SwitchSetting(_night, Maybe()),
        };
    }

    static DayTime Minute(int minute) => new((minute + DayTime.PerDay) % DayTime.PerDay);

    SchemeElement Wired(SchemeElement element, List<ElementId> ids) => element with
    {
        Exits = element.Leaves.Where(exit => exit.Required || Maybe()).ToImmutableSortedDictionary(exit => exit.Name, _ => ids[_random.Next(ids.Count)]),
    };

    SimulatedCall ACall(IEnumerable<SchemeElement> elements)
    {
        var caller = _random.Next(4) switch { 0 => "+442071234567", 1 => null, _ => "+48600100200" };
        return new SimulatedCall(new SchemePosition(First, 1, Tenant.Schemes[First].CurrentGraph!.Start, new(caller, null, caller is null) { Fallback = Landline.Value }), _at)
        {
            Dialled = Landline,
            Digits = string.Concat(Enumerable.Range(0, _random.Next(7)).Select(_ => "0123456789*#11599"[_random.Next(17)])),
            Callees = Phones.Append(Office.Id.Value).ToImmutableDictionary(who => who, _ => (Callee)_random.Next(5)),
            Decisions = elements.Where(_ => Maybe()).ToImmutableDictionary(element => element.Id.Value, _ => Often() ? "vip" : "other"),
        };
    }

    static SoundId Sound(string prompt) => SoundId.OfPrompt(prompt);

    ExtensionNumber AnExtension() => ExtensionNumber.Parse(Phones[_random.Next(Phones.Length)]);

    ImmutableArray<ExtensionNumber> Members() => [.. Phones.Where(_ => Often()).DefaultIfEmpty("11").Select(one => ExtensionNumber.Parse(one))];

    T Any<T>(params ReadOnlySpan<T> some) => some[_random.Next(some.Length)];

    bool Maybe() => _random.Next(2) == 0;

    bool Often() => _random.Next(4) > 0;
}
