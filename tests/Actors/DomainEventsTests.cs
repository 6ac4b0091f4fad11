using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Billing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Tests.Schemes;
using TeleCube.Actors.Tests.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tests;

/// <summary>What is journaled is read back as it was.</summary>
public sealed class DomainEventsTests
{
    static readonly EventRegistry _registry = new EventRegistry().AddDomain();

    static readonly TenantEvent[] _history =
    [
        new TenantEvent.Adopted(TenantSpec.Profile),
        new TenantEvent.PhoneNumberAdded(new PhoneNumber(TenantSpec.Landline)),
        new TenantEvent.ExtensionSaved(new Extension(TenantSpec.Ten)
        {
            Description = "Zażółć", Credentials = SipCredentials.Of("firmaabcde_10", "telecube", "x"), PresentedNumber = TenantSpec.Landline,
            Forwards = new(TenantSpec.Dialled("+48501234567"), TenantSpec.Dialled("11"), TenantSpec.Dialled("116111")),
            Allowed = AllowedDestinations.National | AllowedDestinations.Premium, RingTime = TimeSpan.FromSeconds(20),
        }),
        new TenantEvent.ExtensionSaved(new Extension(TenantSpec.Eleven)),
        new TenantEvent.ExtensionDeleted(TenantSpec.Eleven),
        new TenantEvent.ExternalNumberSaved(new ExternalNumber(new("n1"), TenantSpec.Stranger)
        {
            Presentation = NumberPresentation.Passive,
            DtmfSequence = DtmfSequence.TryParse(",4711;5#", out var keys) ? keys : null,
            ShortCode = ShortCode.TryParse("022", out var code) ? code : null,
            MayTransfer = true,
            SendsCallerBySms = true,
            Accepted = new("Polska Stacjonarne", new Price(0.05m, 0.0115m), new("standard"), 1, "admin", TenantSpec.Now),
        }),
        new TenantEvent.ExternalNumberSaved(new ExternalNumber(new("n2"), TenantSpec.Landline)),
        new TenantEvent.ExternalNumberDeleted(new("n2")),
        new TenantEvent.PhoneNumbersSaved([new PhoneNumber(TenantSpec.Landline) { ForwardTo = new ForwardTarget.ToExternalNumber(new("n1")) }]),
        new TenantEvent.SchemeNamed(new("infoline"), "Infolinia", "główna"),
        new TenantEvent.SchemeVersionSaved(new("infoline"), new SchemeVersion(1, EveryElement(), "admin", TenantSpec.Now)),
        new TenantEvent.SchemeVersionSaved(new("infoline"), new SchemeVersion(2, SchemeTable.Graph(SchemeTable.Hangup()), "anna", TenantSpec.Now)),
        new TenantEvent.SchemeDraftSaved(new("infoline"), SchemeTable.Graph(SchemeTable.Announcement("welcome", "nowhere"))),
        new TenantEvent.PhoneNumbersSaved([new PhoneNumber(TenantSpec.Landline) { ForwardTo = new ForwardTarget.ToScheme(new("infoline")) }]),
        new TenantEvent.SchemeNamed(new("old"), "Stara", ""),
        new TenantEvent.SchemeDeleted(new("old"), TenantSpec.Now),
        new TenantEvent.SwitchSaved(new ManualSwitch(new("night")) { Name = "Noc", On = true, Code = "" }),
        new TenantEvent.SwitchSaved(new ManualSwitch(new("other"))),
        new TenantEvent.SwitchDeleted(new("other")),
        new TenantEvent.PhoneNumberAdded(new PhoneNumber(TenantSpec.ReceiveOnly)),
        new TenantEvent.PhoneNumberRemoved(TenantSpec.ReceiveOnly),
        new TenantEvent.AnnouncementSaved(new Announcement(new("a1"))
        {
            Name = "Powitanie", Description = "Zażółć", Replaces = "not-assigned", File = BlobName.Of("announcements", "firmaabcde", "a1.wav"),
            Length = TimeSpan.FromSeconds(2.5),
        }),
        new TenantEvent.AnnouncementSaved(new Announcement(new("a2")) { File = BlobName.Of("announcements", "firmaabcde", "a2.wav") }),
        new TenantEvent.AnnouncementDeleted(new("a2")),
        new TenantEvent.PhoneNumbersSaved([new PhoneNumber(TenantSpec.Landline) { ForwardTo = new ForwardTarget.ToAnnouncement(new("a1")) }]),
        new TenantEvent.QueueSaved(new Queue(ExtensionNumber.Parse("1000"))
        {
            Name = "Obsługa", Strategy = QueueStrategy.Skills, Welcome = SchemeTable.Welcome, Music = new("a1"), AnnounceEvery = TimeSpan.FromSeconds(30), AnnouncesPosition = true,
            AnnouncesWait = true, Periodic = SoundId.OfPrompt("still-waiting"), PeriodicEvery = TimeSpan.FromSeconds(60), RingFor = TimeSpan.FromSeconds(15),
            RetryPause = TimeSpan.FromSeconds(3), WrapUp = TimeSpan.FromSeconds(10), MaxWait = TimeSpan.FromMinutes(5), MaxLength = 10, Weight = 2, WhenEmpty = EmptyQueue.Leave,
            CallBackKey = '1', ExitKey = '#', FollowForwards = true, RingsBusy = true, PauseAfterMisses = 3, ServiceLevel = TimeSpan.FromSeconds(30),
            Consultants = [new(ConsultantId.Of(TenantSpec.Ten)) { Skills = ["english"], Priority = 1 }, new(ConsultantId.Of(new ExternalNumberId("n1"))) { PressOne = true }],
        }),
        new TenantEvent.QueueSaved(new Queue(ExtensionNumber.Parse("1001"))),
        new TenantEvent.QueueDeleted(ExtensionNumber.Parse("1001")),
        new TenantEvent.PhoneNumbersSaved([new PhoneNumber(TenantSpec.Landline) { ForwardTo = new ForwardTarget.ToQueue(ExtensionNumber.Parse("1000")) }]),
        new TenantEvent.RingGroupSaved(new RingGroup(ExtensionNumber.Parse("20")) { Name = "Biuro", Members = [TenantSpec.Ten], Strategy = RingStrategy.Rounds, RingSeconds = 9, Rounds = 2 }),
        new TenantEvent.RingGroupSaved(new RingGroup(ExtensionNumber.Parse("21"))),
        new TenantEvent.RingGroupDeleted(ExtensionNumber.Parse("21")),
        new TenantEvent.PhoneNumbersSaved([new PhoneNumber(TenantSpec.Landline) { ForwardTo = new ForwardTarget.ToRingGroup(ExtensionNumber.Parse("20")) }]),
        new TenantEvent.UserSaved(new User(new("u1"), "admin", "Anna", UserRole.Administrator, PasswordHash.Of("x", new byte[16], 1))),
        new TenantEvent.UserDeleted(new("u1")),
        new TenantEvent.ApiTokenSaved(new ApiToken(new("t1"), "CRM", UserRole.Supervisor, "00", TenantSpec.Now)),
        new TenantEvent.ApiTokenDeleted(new("t1")),
        new TenantEvent.SettingsSaved(new TenantSettings { DefaultPresentedNumber = TenantSpec.Landline, MusicOnHold = new("a1") }),
    ];

    static readonly PlatformEvent[] _platformHistory =
    [
        new PlatformEvent.TariffSaved(DemoTariff.Create()),
        new PlatformEvent.PackageSaved(new Package(new("premium"), "Premium") { MonthlyNet = 99.90m }),
        new PlatformEvent.TenantSaved(TenantSpec.Profile),
        new PlatformEvent.TenantDelivered(TenantSpec.Id),
        new PlatformEvent.NumberSaved(new PoolNumber(TenantSpec.Landline, TenantSpec.Id)),
        new PlatformEvent.NumberRemoved(TenantSpec.Stranger),
        new PlatformEvent.TrunkSaved(new TrunkConfig(new("carrier"), "sip.example.org")
        {
            Registration = new("user", "secret") { Expires = TimeSpan.FromMinutes(5) }, AllowedSources = ["192.0.2.0/24"],
            NumbersOut = TrunkNumberFormat.National9, CallerId = new() { AllowsForeign = true }, Routing = new() { Prefixes = ["48"], FailoverCodes = [503] },
        }),
        new PlatformEvent.TrunkDeleted(new("other")),
        new PlatformEvent.TariffDeleted(new("other")),
    ];

    /// <summary>One element of each kind, with every option.</summary>
    static SchemeGraph EveryElement() => SchemeTable.Graph(
        new TimeConditionElement
        {
            Id = new("hours"),
            Name = "Godziny",
            Exits = SchemeTable.To(("holiday", "who"), ("night", "menu"), ("otherwise", "menu")),
            Periods =
            [
                new() { Exit = "holiday", PublicHolidays = HolidayUse.Included, Yearly = [SchemeTable.EveryYear("12-31", "01-02")], Dates = [new(new(2026, 5, 4), new(2026, 5, 5))] },
                new() { Exit = "night", Weekdays = [DayOfWeek.Monday, DayOfWeek.Sunday], Times = [SchemeTable.Between("22:00", "06:00"), SchemeTable.Between("12:00", "24:00")], Switch = new(new("night"), On: true) },
            ],
        },
        new CallerConditionElement { Id = new("who"), Rules = [new() { Exit = "vip", Numbers = [TenantSpec.Stranger], Prefixes = ["+44"], Anonymous = true }] },
        new MenuElement { Id = new("menu"), Sound = SchemeTable.Welcome, InvalidSound = new("sorry"), DialExtensions = true, Retries = 1, TimeoutSeconds = 7, DigitTimeoutSeconds = 2 },
        new SmsElement { Id = new("tell"), To = TenantSpec.Stranger, Text = "Dzwoni {caller}" }, new ConferenceRoomElement { Id = new("room"), Room = "*7556" },
        new WebhookElement { Id = new("ask"), Url = "https://crm.example.org/", Answers = ["vip"], TimeoutSeconds = 5 },
        new QueueElement { Id = new("support"), Queue = ExtensionNumber.Parse("1000"), Skill = "english" },
        new VoicemailElement { Id = new("message"), Extension = ExtensionNumber.Parse("10") }, new VoicemailMenuElement { Id = new("listen"), Extension = ExtensionNumber.Parse("10") },
        SchemeTable.Announcement("welcome", "end"), SchemeTable.Extension("sales", "10", ("busy", "end")),
        SchemeTable.Group(RingStrategy.Rounds, "10", "11") with { RingSeconds = 9, Rounds = 2 },
        new ExternalNumberElement { Id = new("outside"), Number = new("n1") }, new JumpElement { Id = new("go"), Scheme = new("other") },
        SchemeTable.Hangup() with { Sound = SchemeTable.Welcome });

    [Fact]
    public void Every_kind_of_element_has_an_example_here() => Assert.Empty(
        typeof(SchemeElement).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType).Except(EveryElement().Elements.Select(element => element.GetType())));

    [Fact]
    public void Every_event_is_registered_and_has_an_example_here()
    {
        var families = new[] { typeof(TenantEvent), typeof(PlatformEvent) }.SelectMany(family => family.GetNestedTypes(BindingFlags.Public)).ToList();
        Assert.All(families, type => Assert.True(_registry.Knows(type), type.Name));
        Assert.Empty(families.Except(_history.Concat<object>(_platformHistory).Select(example => example.GetType())));
    }

    [Fact]
    public void A_tenant_replayed_from_json_is_the_same()
    {
        var live = _history.Aggregate(TenantState.Initial, Tenant.Apply);
        var replayed = _history.Select(Again).Aggregate(TenantState.Initial, Tenant.Apply);
        Assert.Equal(Json(live), Json(replayed));
        Assert.Equal(Json(live), Json(Again(live)));
    }

    [Fact]
    public void A_snapshot_and_the_rest_make_the_same_tenant()
    {
        var full = _history.Aggregate(TenantState.Initial, Tenant.Apply);
        for (var cut = 1; cut < _history.Length; cut++)
        {
            var snapshot = Again(_history.Take(cut).Aggregate(TenantState.Initial, Tenant.Apply));
            Assert.Equal(Json(full), Json(_history.Skip(cut).Aggregate(snapshot, Tenant.Apply)));
        }
    }

    [Fact]
    public void A_platform_replayed_from_json_is_the_same()
    {
        var live = _platformHistory.Aggregate(PlatformState.Initial, PlatformRules.Apply);
        var replayed = _platformHistory.Select(Again).Aggregate(PlatformState.Initial, PlatformRules.Apply);
        Assert.Equal(Json(live), Json(replayed));
        var snapshot = Again(live);
        Assert.Equal(Json(live), Json(snapshot));
        Assert.Equal(0.05m, snapshot.Tariffs[new("standard")].Find(TenantSpec.Stranger)?.Net);
    }

    [Fact]
    public void A_company_that_was_kept_before_there_were_schemes_reads_back()
    {
        var (type, version, payload) = _registry.Encode(_history.Aggregate(TenantState.Initial, Tenant.Apply));
        var old = JsonNode.Parse(payload)!.AsObject();
        foreach (var since in new[] { "announcements", "schemes", "switches", "queues", "ringGroups" }) Assert.True(old.Remove(since));

        var read = (TenantState)_registry.Decode(type, version, Encoding.UTF8.GetBytes(old.ToJsonString()));

        Assert.NotEmpty(read.Extensions);
        Assert.Equal((0, 0, 0, 0, 0), (read.Announcements.Count, read.Schemes.Count, read.Switches.Count, read.Queues.Count, read.RingGroups.Count));
    }

    [Fact]
    public void An_extension_from_before_there_were_codes_may_transfer_by_them()
    {
        var (type, version, payload) = _registry.Encode(new TenantEvent.ExtensionSaved(new Extension(TenantSpec.Ten)));
        var old = JsonNode.Parse(payload)!.AsObject();
        Assert.True(old["extension"]!.AsObject().Remove("mayTransferByDtmf"));

        var read = (TenantEvent.ExtensionSaved)_registry.Decode(type, version, Encoding.UTF8.GetBytes(old.ToJsonString()));

        Assert.True(read.Extension.MayTransferByDtmf);
    }

    [Fact]
    public void Secrets_are_not_printed()
    {
        var text = string.Concat(_history.Concat<object>(_platformHistory).Select(happened => happened.ToString()));
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", text, StringComparison.Ordinal);
        Assert.DoesNotContain(SipCredentials.Of("firmaabcde_10", "telecube", "x").Md5, text, StringComparison.Ordinal);
    }

    static T Again<T>(T value) where T : class
    {
        var (type, version, payload) = _registry.Encode(value);
        return (T)_registry.Decode(type, version, payload);
    }

    static string Json(object state) => Encoding.UTF8.GetString(_registry.Encode(state).Payload);
}
