using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Tests.Calls;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>A company whose extensions 11, 12 and 13 can be rung, and a caller in one of its schemes; the dial plan is that of real calls.</summary>
sealed class SchemeTable
{
    public static readonly SchemeId Id = new("infoline");
    public static readonly E164 Landline = E164.Parse("+48943401128");
    public static readonly SoundId Welcome = SoundId.OfPrompt("please-wait");
    public static readonly ExternalNumber Office = new(new("office"), E164.Parse("+48501234567"));

    public SchemeTable()
    {
        House.AddExtension("13");
        Tenant = Tenant with { Queues = Tenant.Queues.Add(Support.Number, Support), TimeZone = "Europe/Warsaw", ExternalNumbers = Tenant.ExternalNumbers.Add(Office.Id, Office) };
    }

    public static Queue Support { get; } = new(ExtensionNumber.Parse("1001")) { Name = "Pomoc", Consultants = [new(ConsultantId.Parse("11"))], MaxWait = TimeSpan.FromMinutes(1), ExitKey = '9' };

    public CallTable House { get; } = new();

    public TenantState Tenant
    {
        get => House.Tenant;
        set => House.Tenant = value;
    }

    public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public CallerId Caller { get; set; } = new("+48600100200", null);

    public ElementContext Context => new(Tenant, Now, Caller, Landline, House.World.Plan, "c1");

    public ElementStep Enter(SchemeElement element) => element.Next(ElementMemory.Empty, new ElementNews.Entered(), Context);

    /// <summary>The exit by which the caller leaves at once.</summary>
    public string ExitOf(SchemeElement element) => Assert.IsType<ElementStep.Leave>(Enter(element)).Exit;

    /// <summary>The company's clock.</summary>
    public SchemeTable At(string local)
    {
        var time = DateTime.Parse(local, null);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Tenant.TimeZone);
        Now = new DateTimeOffset(time, zone.GetUtcOffset(time));
        return this;
    }

    public SchemeTable Has(SchemeId id, SchemeGraph graph)
    {
        Tenant = Tenant with { Schemes = Tenant.Schemes.SetItem(id, new Scheme(id).With(new SchemeVersion(1, graph, "admin", Now))) };
        return this;
    }

    public SchemeTable Has(ManualSwitch made)
    {
        Tenant = Tenant with { Switches = Tenant.Switches.SetItem(made.Id, made) };
        return this;
    }

    public static SchemeGraph Graph(params SchemeElement[] elements) => new(elements[0].Id, [.. elements]);

    public static ImmutableSortedDictionary<string, ElementId> To(params (string Exit, string Element)[] exits) =>
        exits.ToImmutableSortedDictionary(exit => exit.Exit, exit => new ElementId(exit.Element));

    public static AnnouncementElement Announcement(string id, string next) => new() { Id = new(id), Sound = Welcome, Exits = To(("next", next)) };

    public static HangupElement Hangup(string id = "end") => new() { Id = new(id) };

    public static ExtensionElement Extension(string id, string number, params (string Exit, string Element)[] exits) =>
        new() { Id = new(id), Number = ExtensionNumber.Parse(number), Exits = To(exits) };

    public static RingGroupElement Group(RingStrategy strategy, params string[] members) =>
        new() { Id = new("group"), Strategy = strategy, Members = [.. members.Select(member => ExtensionNumber.Parse(member))], Exits = To(("noAnswer", "end")) };

    public static TimePeriod Period(string exit) => new() { Exit = exit };

    public static Hours Between(string from, string to) => new(Time(from), Time(to));

    public static YearlyRange EveryYear(string from, string to) => new(Day(from), Day(to));

    static DayTime Time(string text) => DayTime.TryParse(text, out var time) ? time : throw new ArgumentException($"no time: {text}", nameof(text));

    static MonthDay Day(string text) => MonthDay.TryParse(text, out var day) ? day : throw new ArgumentException($"no day: {text}", nameof(text));
}
