using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Prompts;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Schemes.Lint;
using static TeleCube.Actors.Tests.Schemes.SchemeTable;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>Each fault that a scheme can have, and which element is blamed for it.</summary>
public sealed class SchemeLintTests
{
    [Fact]
    public void A_right_scheme_has_no_fault() => Assert.Empty(Check(
        Announcement("welcome", "menu"), Menu("menu", ("1", "sales"), ("timeout", "end"), ("invalid", "end")), Extension("sales", "11", ("noAnswer", "welcome")), Hangup()));

    [Fact]
    public void The_start_must_be_there() => Assert.Contains(SchemeLint.Check(Id, Graph(Hangup()) with { Start = new("other") }, new SchemeTable().Tenant), fault => fault is { Code: "no-start", Element: null });

    [Fact]
    public void An_element_that_no_way_leads_to_is_unreachable() => Faulty("lost", "unreachable", Hangup(), Announcement("lost", "end"));

    [Fact]
    public void An_exit_that_leads_to_nothing_is_a_dead_end() => Faulty("welcome", "dead-end", Announcement("welcome", "nowhere"));

    [Fact]
    public void A_required_exit_that_is_left_open_is_a_dead_end() => Faulty("welcome", "dead-end", Announcement("welcome", "end") with { Exits = To() });

    [Fact]
    public void An_open_exit_that_may_be_open_is_none() => Assert.Empty(Check(Extension("sales", "11")));

    [Fact]
    public void An_exit_that_the_element_does_not_have_is_named() =>
        Faulty("welcome", "unknown-exit", Announcement("welcome", "end") with { Exits = To(("next", "end"), ("busy", "end")) }, Hangup());

    [Fact]
    public void Two_elements_of_one_id_are_a_fault() => Faulty("end", "duplicate-element", Announcement("welcome", "end"), Hangup(), Hangup());

    [Fact]
    public void A_loop_without_a_wait_is_endless()
    {
        var faults = Check(Callers("a", "b"), Callers("b", "a"));
        Assert.Equal(["a", "b"], faults.Where(fault => fault.Code == "endless-loop").Select(fault => fault.Element!.Value.Value));
    }

    [Fact]
    public void A_loop_with_an_announcement_is_none() => Assert.Empty(Check(Callers("a", "again"), Announcement("again", "a")));

    [Theory]
    [InlineData(0, true)]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public void A_loop_of_announcements_that_have_no_length_is_endless(int milliseconds, bool endless)
    {
        var table = new SchemeTable();
        Announcement Recorded(string id, string? replaces) => new(new(id)) { Length = TimeSpan.FromMilliseconds(milliseconds), Replaces = replaces };
        table.Tenant = table.Tenant with { Announcements = table.Tenant.Announcements.Add(new("empty"), Recorded("empty", null)).Add(new("own"), Recorded("own", "busy")) };
        foreach (var sound in new[] { "empty", "prompt/busy" })
        {
            var faults = SchemeLint.Check(Id, Graph(Announcement("a", "b") with { Sound = new(sound) }, Callers("b", "a")), table.Tenant);
            Assert.Equal(endless ? ["a", "b"] : [], faults.Select(fault => fault.Code == "endless-loop" ? fault.Element!.Value.Value : fault.ToString()));
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1/route", true)]
    [InlineData("https://10.1.2.3:8443/", true)]
    [InlineData("http://2130706433/", true)] // 127.0.0.1 as one number
    [InlineData("http://0x7f.1/", true)]
    [InlineData("http://[::1]/", true)]
    [InlineData("http://[::ffff:192.168.1.1]/", true)]
    [InlineData("http://localhost/", true)]
    [InlineData("http://LOCALHOST./", true)]
    [InlineData("http://169.254.169.254/latest", true)]
    [InlineData("https://crm.example.org/", false)] // a name is looked at when it is asked
    [InlineData("https://8.8.8.8/", false)]
    public void A_server_on_a_private_address_is_named_unless_the_operator_allows_it(string url, bool inside)
    {
        var graph = Graph(new WebhookElement { Id = new("who"), Url = url, Answers = ["vip"], Exits = To(("vip", "end"), ("error", "end")) }, Hangup());
        Assert.Equal(inside ? ["who url private-address"] : [], SchemeLint.Check(Id, graph, new SchemeTable().Tenant).Select(fault => $"{fault.Element} {fault.Field} {fault.Code}"));
        Assert.Empty(SchemeLint.Check(Id, graph, new SchemeTable().Tenant, new LintWorld { AllowsPrivateWebhooks = true }));
    }

    [Fact]
    public void Ringing_somebody_who_is_away_takes_no_time() => Faulty("sales", "endless-loop", Extension("sales", "11", ("unavailable", "sales")));

    [Fact]
    public void Ringing_in_vain_takes_time() => Assert.Empty(Check(Extension("sales", "11", ("noAnswer", "sales"))));

    [Fact]
    public void A_group_in_which_nobody_can_be_rung_takes_no_time() =>
        Faulty("group", "endless-loop", Group(RingStrategy.All, "11") with { Exits = To(("noAnswer", "group")) });

    [Fact]
    public void A_loop_over_another_scheme_is_found()
    {
        var table = new SchemeTable().Has(new("other"), Graph(Jump("back", Id.Value)));
        Assert.Contains(SchemeLint.Check(Id, Graph(Jump("go", "other")), table.Tenant), fault => fault is { Code: "endless-loop", Element.Value: "go" });
    }

    [Fact]
    public void What_an_element_needs_must_be_there()
    {
        Faulty("sales", "missing-extension", Extension("sales", "99"));
        Faulty("welcome", "missing-sound", Announcement("welcome", "end") with { Sound = new("gone") }, Hangup());
        Faulty("welcome", "missing-sound", Announcement("welcome", "end") with { Sound = new("prompt/gone") }, Hangup());
        Faulty("menu", "missing-sound", Menu("menu", ("1", "end"), ("timeout", "end"), ("invalid", "end")) with { InvalidSound = new("gone") }, Hangup());
        Faulty("group", "missing-extension", Group(RingStrategy.All, "11", "99") with { Exits = To() });
        Faulty("outside", "missing-number", new ExternalNumberElement { Id = new("outside"), Number = new("gone") });
        Faulty("go", "missing-scheme", Jump("go", "gone"));
        Faulty("hours", "missing-switch", Hours(Period("night") with { Switch = new(new("gone"), On: true) }), Hangup());
    }

    [Fact]
    public void A_scheme_may_jump_to_itself_after_a_wait() => Assert.Empty(Check(Announcement("again", "go"), Jump("go", Id.Value)));

    [Fact]
    public void A_menu_needs_a_key() => Faulty("menu", "menu-without-exit", Menu("menu", ("timeout", "end"), ("invalid", "end")), Hangup());

    [Fact]
    public void A_menu_by_which_extensions_are_dialled_needs_none() =>
        Assert.Empty(Check(Menu("menu", ("timeout", "end"), ("invalid", "end")) with { DialExtensions = true }, Hangup()));

    [Fact]
    public void Options_have_bounds()
    {
        var menu = Menu("menu", ("1", "end"), ("timeout", "end"), ("invalid", "end"));
        foreach (var (field, element) in new (string, SchemeElement)[]
        {
            ("timeoutSeconds", menu with { TimeoutSeconds = 0 }), ("digitTimeoutSeconds", menu with { DigitTimeoutSeconds = 21 }), ("retries", menu with { Retries = -1 }),
            ("ringSeconds", Group(RingStrategy.All, "11") with { RingSeconds = 4 }), ("rounds", Group(RingStrategy.Rounds, "11") with { Rounds = 11 }),
            ("members", Group(RingStrategy.All, "11", "11")), ("members", Group(RingStrategy.All)), ("name", Hangup("first") with { Name = new string('x', 101) }),
            ("periods", Hours()), ("periods[0].weekdays", Hours(Period("always"))), ("periods[0].exit", Hours(Period("otherwise") with { Weekdays = [DayOfWeek.Monday] })),
            ("periods[0].times[0].from", Hours(Period("late") with { Times = [Between("24:00", "06:00")] })),
            ("periods[0].dates[0]", Hours(Period("back") with { Dates = [new(new(2026, 5, 5), new(2026, 5, 4))] })),
            ("rules", Callers("who", "end") with { Rules = [] }), ("rules[0].prefixes", Callers("who", "end") with { Rules = [new() { Exit = "nobody" }] }),
            ("rules[0].prefixes[0]", Callers("who", "end") with { Rules = [new() { Exit = "odd", Prefixes = ["00481"] }] }),
        })
            Assert.Contains(Check(element, Hangup()), fault => fault.Code == "bad-option" && fault.Field == field && fault.Element == element.Id);
    }

    [Fact]
    public void There_may_be_so_many_elements() =>
        Assert.Equal("too-many-elements", Assert.Single(Check([.. Enumerable.Range(0, 201).Select(i => Hangup($"e{i}"))])).Code);

    [Fact]
    public void Rules_that_meet_overlap()
    {
        Overlap(Period("a") with { Times = [Between("08:00", "16:00")] }, Period("b") with { Times = [Between("15:59", "18:00")] });
        Overlap(Period("a") with { Weekdays = [DayOfWeek.Friday], Times = [Between("22:00", "06:00")] }, Period("b") with { Weekdays = [DayOfWeek.Saturday], Times = [Between("05:00", "07:00")] });
        Overlap(Period("a") with { Weekdays = [DayOfWeek.Saturday], Times = [Between("05:00", "07:00")] }, Period("b") with { Weekdays = [DayOfWeek.Friday], Times = [Between("22:00", "06:00")] });
        Overlap(Period("a") with { Weekdays = [DayOfWeek.Monday] }, Period("b") with { Weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday] });
    }

    [Fact]
    public void Exceptions_that_meet_overlap()
    {
        Overlap(Period("a") with { Yearly = [EveryYear("12-20", "01-03")] }, Period("b") with { Yearly = [EveryYear("12-24", "12-24")] });
        Overlap(Period("a") with { Dates = [new(new(2099, 5, 4), new(2099, 5, 4))] }, Period("b") with { Dates = [new(new(2099, 5, 1), new(2099, 5, 10))] });
        Overlap(Period("a") with { PublicHolidays = HolidayUse.Included }, Period("b") with { PublicHolidays = HolidayUse.Included, Yearly = [EveryYear("12-31", "12-31")] });
        Overlap(Period("a") with { Switch = new(new("s"), On: true) }, Period("b") with { Switch = new(new("s"), On: true), Weekdays = [DayOfWeek.Monday] });
    }

    [Fact]
    public void A_rule_before_its_exception_hides_it()
    {
        Overlap(Period("a") with { Weekdays = [DayOfWeek.Friday] }, Period("b") with { PublicHolidays = HolidayUse.Included });
        Overlap(Period("a") with { Weekdays = [DayOfWeek.Friday] }, Period("b") with { Switch = new(new("s"), On: true) });
        Overlap(Period("a") with { PublicHolidays = HolidayUse.Included }, Period("b") with { Yearly = [EveryYear("12-24", "12-24")] });
        Overlap(Period("a") with { Yearly = [EveryYear("05-01", "05-10")] }, Period("b") with { Dates = [new(new(2099, 5, 4), new(2099, 5, 4))] });
        var hidden = Assert.Single(Check(Hours(Period("a") with { PublicHolidays = HolidayUse.Included }, Period("b") with { Yearly = [EveryYear("12-24", "12-24")] }), Hangup()));
        Assert.EndsWith(": the exception must stand before the rule", hidden.Text, StringComparison.Ordinal);
    }

    /// <summary>Christmas Eve is a public holiday, on which one may be open all the same.</summary>
    [Fact]
    public void What_is_more_of_an_exception_stands_before_what_is_less()
    {
        var eve = Period("open") with { Yearly = [EveryYear("12-24", "12-24")], Times = [Between("08:00", "12:00")] };
        Apart(eve, Period("closed") with { PublicHolidays = HolidayUse.Included });
        Apart(Period("move") with { Dates = [new(new(2026, 12, 24), new(2026, 12, 24))] }, eve);
        Apart(Period("move") with { Dates = [new(new(2026, 12, 24), new(2026, 12, 24))] }, Period("closed") with { PublicHolidays = HolidayUse.Included });
        Apart(eve, Period("a") with { Weekdays = [DayOfWeek.Thursday] });
        Apart(Period("night") with { Switch = new(new("s"), On: true) }, eve);
    }

    [Fact]
    public void A_period_that_can_never_hold_is_named()
    {
        Never(Period("a") with { Weekdays = [DayOfWeek.Monday], Dates = [new(new(2026, 11, 24), new(2026, 11, 24))] }); // a Tuesday
        Never(Period("a") with { Yearly = [EveryYear("11-11", "11-11")], PublicHolidays = HolidayUse.Excluded });
        Never(Period("a") with { Weekdays = [DayOfWeek.Friday] }, Period("on") with { Switch = new(new("s"), On: true) }, Period("off") with { Switch = new(new("s"), On: false) });
        Never(Period("a") with { Switch = new(new("s"), On: true) }, Period("on") with { Switch = new(new("s"), On: true) });
        Assert.DoesNotContain(
            Check(Hours(Period("on") with { Switch = new(new("s"), On: true) }, Period("other") with { Switch = new(new("t"), On: false) }, Period("a") with { Weekdays = [DayOfWeek.Monday], Yearly = [EveryYear("02-29", "02-29")] }), Hangup()),
            fault => fault.Code == "period-never-holds");
    }

    [Fact]
    public void A_rule_for_callers_who_have_all_left_by_an_earlier_one_is_named()
    {
        Shadowed(new CallerRule { Exit = "a", Prefixes = ["+48"] }, new CallerRule { Exit = "b", Prefixes = ["+4822"], Numbers = [E164.Parse("+48600100200")] });
        Shadowed(new CallerRule { Exit = "a", Anonymous = true, Numbers = [E164.Parse("+48600100200")] }, new CallerRule { Exit = "b", Anonymous = true, Numbers = [E164.Parse("+48600100200")] });
        Told(new CallerRule { Exit = "a", Prefixes = ["+48"] }, new CallerRule { Exit = "b", Prefixes = ["+48"], Anonymous = true });
        Told(new CallerRule { Exit = "a", Prefixes = ["+4822"] }, new CallerRule { Exit = "b", Prefixes = ["+48"] });
        Told(new CallerRule { Exit = "a", Prefixes = ["+48"] }, new CallerRule { Exit = "a", Prefixes = ["+4822"] }); // for nothing, and without harm
    }

    [Fact]
    public void A_menu_or_an_announcement_out_of_which_no_way_leads_is_named()
    {
        Faulty("menu", "menu-without-exit", Menu("menu", ("1", "menu"), ("timeout", "menu"), ("invalid", "menu")));
        Assert.Empty(Check(Menu("menu", ("1", "menu"), ("timeout", "end"), ("invalid", "menu")), Hangup())); // once more by a key
        Faulty("again", "endless-loop", Announcement("again", "again"));
    }

    [Fact]
    public void An_answer_is_named_once() => Faulty("who", "bad-option", new WebhookElement { Id = new("who"), Url = "https://crm.example.org/", Answers = ["vip", "vip"], Exits = To(("vip", "end"), ("error", "end")) }, Hangup());

    [Theory]
    [InlineData("Dzwoni {caller} na {dialled}, {name} {date} {time}", null)]
    [InlineData("Dzwoni {calller}", "text has '{calller}', which stands for nothing: there are {caller}, {name}, {dialled}, {date}, {time}")]
    [InlineData("Dzwoni {caller", "text has '{caller', which stands for nothing: there are {caller}, {name}, {dialled}, {date}, {time}")]
    [InlineData("Dzwoni caller}", "text has '}', which stands for nothing: there are {caller}, {name}, {dialled}, {date}, {time}")]
    [InlineData("{}", "text has '{}', which stands for nothing: there are {caller}, {name}, {dialled}, {date}, {time}")]
    public void What_an_SMS_cannot_fill_in_is_named(string text, string? fault) =>
        Assert.Equal(fault is null ? [] : [fault], Check(new SmsElement { Id = new("tell"), Text = text, Exits = To(("next", "end")) }, Hangup()).Select(found => found.Text));

    [Theory]
    [InlineData("+48501222333", true)]
    [InlineData("+48943401128", false)]
    [InlineData("+442071234567", false)]
    public void A_number_that_is_never_sent_an_SMS_is_named(string to, bool isSent)
    {
        var faults = Check(new SmsElement { Id = new("tell"), Text = "x", To = E164.Parse(to), Exits = To(("next", "end")) }, Hangup());
        Assert.Equal(isSent ? [] : ["bad-option to"], faults.Select(fault => $"{fault.Code} {fault.Field}"));
    }

    [Fact]
    public void A_prompt_must_be_there_in_the_language_in_use()
    {
        var onlyPolish = PromptTexts.Names.First(name => PromptTexts.Find("pl", name) is not null && PromptTexts.Find("en", name) is null);
        var table = new SchemeTable();
        var graph = Graph(Announcement("welcome", "end") with { Sound = SoundId.OfPrompt(onlyPolish) }, Hangup());
        var fault = Assert.Single(SchemeLint.Check(Id, graph, table.Tenant, new LintWorld { Language = "en" }));
        Assert.Equal(("missing-sound", "sound"), (fault.Code, fault.Field));
        Assert.Empty(SchemeLint.Check(Id, graph, table.Tenant, new LintWorld { Language = "pl" }));
        Assert.Empty(SchemeLint.Check(Id, graph, table.Tenant, new LintWorld { Language = "de" })); // the operator's own prompts
        table.Tenant = table.Tenant with { Announcements = table.Tenant.Announcements.Add(new("own"), new(new("own")) { Length = TimeSpan.FromSeconds(1), Replaces = onlyPolish }) };
        Assert.Empty(SchemeLint.Check(Id, graph, table.Tenant, new LintWorld { Language = "en" }));
    }

    [Fact]
    public void Faults_say_what_they_mean()
    {
        Assert.Contains(Check(Hangup() with { Exits = To(("next", "end")) }), fault => fault.Text == "'next' is no exit of it; it has none");
        Assert.Contains(Check(Group(RingStrategy.All)), fault => fault.Text == "members must have 1 to 50 entries");
        Assert.Contains(Check(Hours(Period("always")), Hangup()), fault => fault.Text.StartsWith("periods[0].weekdays is left out as all else is, and such a period holds always: give ", StringComparison.Ordinal));
    }

    [Fact]
    public void Periods_that_never_meet_and_exceptions_before_their_rule_are_right()
    {
        Apart(Period("a") with { Times = [Between("08:00", "16:00")] }, Period("b") with { Times = [Between("16:00", "08:00")] });
        Apart(Period("a") with { PublicHolidays = HolidayUse.Included }, Period("b") with { Weekdays = [DayOfWeek.Friday] });
        Apart(Period("a") with { Switch = new(new("s"), On: true) }, Period("b") with { Switch = new(new("s"), On: false) });
        Apart(Period("a") with { Switch = new(new("s"), On: true) }, Period("b") with { Weekdays = [DayOfWeek.Friday] });
        Apart(Period("a") with { Weekdays = [DayOfWeek.Friday], Times = [Between("22:00", "06:00")] }, Period("b") with { Weekdays = [DayOfWeek.Saturday], Times = [Between("06:00", "07:00")] });
        Apart(Period("same") with { Weekdays = [DayOfWeek.Friday] }, Period("same") with { PublicHolidays = HolidayUse.Included });
    }

    /// <summary>The one that is called <c>a</c>; those of switches stand before it.</summary>
    static void Never(TimePeriod never, params TimePeriod[] before) => Assert.Contains(
        Check(Hours([.. before, never]), Hangup()), fault => fault.Code == "period-never-holds" && fault.Field == $"periods[{before.Length}]" && fault.Text.Contains("'a'", StringComparison.Ordinal));

    static void Shadowed(params CallerRule[] rules) => Assert.Contains(Check(Rules(rules), Hangup()), fault => fault is { Code: "rule-never-fits", Field: "rules[1]" });

    static void Told(params CallerRule[] rules) => Assert.Empty(Check(Rules(rules), Hangup()));

    static CallerConditionElement Rules(CallerRule[] rules) =>
        new() { Id = new("who"), Rules = [.. rules], Exits = rules.Select(rule => rule.Exit).Append("otherwise").Distinct().ToImmutableSortedDictionary(exit => exit, _ => new ElementId("end")) };

    static void Overlap(params TimePeriod[] periods) => Assert.Contains(Check(Hours(periods), Hangup()), fault => fault is { Code: "overlapping-periods", Element.Value: "hours", Field: "periods[1]" });

    static void Apart(params TimePeriod[] periods) => Assert.DoesNotContain(Check(Hours(periods), Hangup()), fault => fault.Code is "overlapping-periods" or "bad-option");

    static void Faulty(string element, string code, params SchemeElement[] elements) =>
        Assert.Contains(Check(elements), fault => fault.Code == code && fault.Element?.Value == element && fault.Text.Length > 0);

    static ImmutableArray<SchemeFault> Check(params SchemeElement[] elements) => SchemeLint.Check(Id, Graph(elements), new SchemeTable().Tenant);

    static MenuElement Menu(string id, params (string Exit, string Element)[] exits) => new() { Id = new(id), Sound = Welcome, Exits = To(exits) };

    static JumpElement Jump(string id, string scheme) => new() { Id = new(id), Scheme = new(scheme) };

    static CallerConditionElement Callers(string id, string to) =>
        new() { Id = new(id), Rules = [new() { Exit = "abroad", Prefixes = ["+44"] }], Exits = To(("abroad", to), ("otherwise", to)) };

    static TimeConditionElement Hours(params TimePeriod[] periods) =>
        new() { Id = new("hours"), Periods = [.. periods], Exits = periods.Select(period => period.Exit).Append("otherwise").Distinct().ToImmutableSortedDictionary(exit => exit, _ => new ElementId("end")) };
}
