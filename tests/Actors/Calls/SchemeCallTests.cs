using System.Collections.Immutable;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>A caller from a trunk on his way through a scheme: what he hears, what his keys do, where he comes out, and what a restart leaves of it.</summary>
public sealed class SchemeCallTests
{
    static readonly E164 _infoline = E164.Parse("+48943401128");
    static readonly CallOrigin _carrier = new CallOrigin.Trunk("first", _infoline, "+48601234567", null);

    readonly CallTable _call = new();

    public SchemeCallTests()
    {
        foreach (var sound in new[] { "welcome", "choose", "invalid-choice" }) _call.Prompts[sound] = new PlaySource.Files([$"/{sound}.wav"]);
    }

    [Fact]
    public void An_announcement_is_heard_by_an_answered_caller_and_then_the_extension_rings()
    {
        Bind(Announcement("hello", "welcome", next: "desk"), Extension("desk", "11"));

        CallIn();
        Assert.Equal(["/welcome.wav"], Heard());
        Assert.Equal(CallPhase.Setup, _call.Call.Phase);
        Played();

        Assert.Equal("sip:11@", $"{_call.Invite(1).Sent.Request.Uri}"[..7]);
        Assert.Null(Heard(null));
        _call.Answer(1, 200, "bob");
        Assert.Equal((CallPhase.Talking, new Pair(0, 1)), (_call.Call.Phase, _call.Call.Talk));
        Assert.Null(_call.Call.Scheme);
    }

    [Theory]
    [InlineData("1", "11")]
    [InlineData("2", "12")]
    public void A_key_in_a_menu_chooses_even_while_the_prompt_plays(string key, string extension)
    {
        BindMenu();
        CallIn();
        Press(key);
        Assert.Equal(new Party.Phone(extension), _call.Call.Legs[1].Party);
    }

    [Fact]
    public void A_key_by_INFO_chooses_too()
    {
        BindMenu();
        CallIn();
        _call.FromCaller("INFO", 2, extra: "Content-Type: application/dtmf-relay\r\n", body: "Signal=2\r\nDuration=160\r\n");
        Assert.Equal(new Party.Phone("12"), _call.Call.Legs[1].Party);
    }

    [Fact]
    public void A_wrong_key_is_told_so_and_asked_again_until_the_patience_is_used_up()
    {
        BindMenu();
        CallIn();

        Press("9");
        Assert.Equal(["/invalid-choice.wav", "/choose.wav"], Heard());
        Press("9");
        Press("9");

        Assert.Equal(CallPhase.Over, _call.Call.Phase); // "invalid" leads to the hangup
        Assert.Equal("scheme-ended", _call.Call.Cause!.Code);
    }

    [Fact]
    public void Silence_after_the_prompt_repeats_it_and_then_takes_its_exit()
    {
        BindMenu();
        CallIn();
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(["/choose.wav"], Heard());
            Played();
            Assert.Null(Heard(null));
            TimeIsUp();
        }

        Assert.Equal(new Party.Phone("12"), _call.Call.Legs[1].Party); // "timeout" leads there
    }

    [Fact]
    public void Who_presses_nothing_hears_so_before_the_prompt_is_repeated()
    {
        _call.Prompts["no-choice"] = new PlaySource.Files(["/no-choice.wav"]);
        BindMenu();
        CallIn();
        Played();
        TimeIsUp();
        Assert.Equal(["/no-choice.wav", "/choose.wav"], Heard());
    }

    [Fact]
    public void The_time_of_a_wait_that_is_over_changes_nothing()
    {
        BindMenu();
        CallIn();
        Played();
        var late = Serial();
        Press("9");
        var before = _call.Call;

        _call.Take(new CallCommand.SchemeTimeIsUp(late));

        Assert.Equal(before, _call.Call);
    }

    [Theory]
    [InlineData("11", 1)] // nothing begins with 11, so the second digit decides
    [InlineData("12", 1)]
    public void A_menu_that_allows_it_rings_the_extension_that_was_dialled(string digits, int leg)
    {
        Bind(new MenuElement { Id = new("menu"), Sound = Prompt("choose"), DialExtensions = true, Exits = Exits(("1", "bye"), ("timeout", "bye"), ("invalid", "bye")) }, Hangup("bye"));
        CallIn();
        foreach (var digit in digits) Press(digit.ToString());
        Assert.Equal(new Party.Phone(digits), _call.Call.Legs[leg].Party);
    }

    [Fact]
    public void A_single_key_with_which_extensions_begin_is_a_choice_when_no_more_follow()
    {
        Bind(new MenuElement { Id = new("menu"), Sound = Prompt("choose"), DialExtensions = true, Exits = Exits(("1", "bye"), ("timeout", "bye"), ("invalid", "bye")) }, Hangup("bye"));
        CallIn();
        Press("1");
        Assert.Equal(CallPhase.Setup, _call.Call.Phase);
        TimeIsUp();
        Assert.Equal(CallPhase.Over, _call.Call.Phase);
    }

    [Theory]
    [InlineData(486, "busy")]
    [InlineData(480, "unavailable")]
    public void An_extension_that_is_not_reached_is_left_by_the_exit_that_says_why(int status, string exit)
    {
        Bind(Extension("desk", "11") with { Exits = Exits((exit, "other")) }, Extension("other", "12"));
        CallIn();
        _call.Answer(1, status);
        Assert.Equal(new Party.Phone("12"), _call.Call.Legs[2].Party);
    }

    [Fact]
    public void An_exit_that_leads_nowhere_ends_the_call_with_what_happened()
    {
        Bind(Extension("desk", "11"));
        CallIn();
        _call.Answer(1, 486);
        Assert.Equal(486, _call.Response(486).Status);
        Assert.Equal("busy", _call.Call.Cause!.Code);
    }

    [Fact]
    public void Those_of_a_group_who_are_free_ring_together_and_their_forwards_are_not_followed()
    {
        var busy = _call.Tenant.Extensions[ExtensionNumber.Parse("12")] with { Forwards = new ExtensionForwards { Busy = new DialledNumber.Internal(ExtensionNumber.Parse("10")) } };
        _call.Tenant = _call.Tenant with { Extensions = _call.Tenant.Extensions.SetItem(busy.Number, busy) };
        Bind(new TestGroup { Id = new("group"), Members = ["10", "11", "12"] });

        CallIn();
        Assert.Equal(["11", "12"], _call.Call.Legs.Skip(1).Select(leg => ((Party.Phone)leg.Party).Extension));
        _call.Answer(2, 486);
        Assert.Equal(CallPhase.Setup, _call.Call.Phase);
        _call.Answer(1, 200, "bob");
        Assert.Equal(new Pair(0, 1), _call.Call.Talk);
    }

    [Fact]
    public void A_call_ends_in_the_version_in_which_it_began()
    {
        BindMenu();
        CallIn();
        Bind(Extension("desk", "10")); // version 2
        Press("1");
        Assert.Equal(new Party.Phone("11"), _call.Call.Legs[1].Party);
    }

    [Fact]
    public void After_a_restart_the_prompt_plays_again_and_the_menu_goes_on()
    {
        BindMenu();
        CallIn();
        Acknowledge();
        _call.Restart();

        Assert.Equal(["/choose.wav"], Heard());
        Assert.Contains(_call.Effects.OfType<CallEffect.StartTimer>(), timer => timer.Name == InScheme.Timer);
        Press("1");
        Assert.Equal(new Party.Phone("11"), _call.Call.Legs[1].Party);
    }

    [Fact]
    public void After_a_restart_a_caller_who_was_listened_to_has_only_the_rest_of_the_time()
    {
        BindMenu();
        CallIn();
        Acknowledge();
        Played();
        _call.Now += TimeSpan.FromSeconds(4);
        _call.Restart();
        Assert.Equal(TimeSpan.FromSeconds(1), _call.Effects.OfType<CallEffect.StartTimer>().Single(timer => timer.Name == InScheme.Timer).After);
    }

    [Fact]
    public void Whoever_hangs_up_in_a_scheme_has_a_record_and_leaves_nobody_ringing()
    {
        Bind(Announcement("hello", "welcome", next: "desk"), Extension("desk", "11"));
        CallIn();
        Acknowledge();
        Played();
        _call.FromCaller("BYE", 2);
        Assert.Contains(_call.Effects, effect => effect is CallEffect.CancelInvite { Leg: 1 });
        var cdr = Assert.Single(_call.Events.OfType<CallEvent.Ended>()).Cdr;
        Assert.Equal(("hung-up", "abandoned"), (cdr.Cause.Code, cdr.Disposition));
    }

    [Fact]
    public void A_scheme_in_which_everybody_is_busy_at_once_does_not_go_round_for_ever()
    {
        _call.Phones.Clear();
        Bind(Extension("desk", "11") with { Exits = Exits(("unavailable", "other")) }, Extension("other", "12") with { Exits = Exits(("unavailable", "desk")) });
        CallIn();
        Assert.Equal("scheme-loop", _call.Call.Cause!.Code);
    }

    [Fact]
    public void A_sound_that_is_gone_is_a_second_of_silence()
    {
        Bind(Announcement("hello", "gone", next: "desk"), Extension("desk", "11"));
        CallIn();
        Assert.Equal(TimeSpan.FromSeconds(1), _call.Effects.OfType<CallEffect.StartTimer>().Single(timer => timer.Name == InScheme.Timer).After);
        TimeIsUp();
        Assert.Equal(new Party.Phone("11"), _call.Call.Legs[1].Party);
    }

    [Fact]
    public void The_same_prompt_played_again_is_another_playing()
    {
        BindMenu();
        CallIn();
        var first = Plan();
        Played();
        TimeIsUp();
        Assert.Contains(
            MediaDifference.Between(first, Plan(), 0, _ => System.Net.IPAddress.Loopback, () => new PlayId(7)), command => command is MediaCommand.Play { Id.Value: 7 });
    }

    [Fact]
    public void Ringing_that_comes_to_no_end_is_given_up_and_the_scheme_goes_on()
    {
        Bind(Extension("desk", "11") with { Exits = Exits(("unavailable", "other")) }, Extension("other", "12"));
        CallIn();
        Assert.Contains(_call.Effects, effect => effect is CallEffect.StartTimer { Name: InScheme.Timer, Command: CallCommand.SchemeTimeIsUp });
        TimeIsUp();
        Assert.Contains(_call.Effects, effect => effect is CallEffect.CancelInvite { Leg: 1 });
        Assert.Equal(new Party.Phone("12"), _call.Call.Legs[2].Party);
    }

    [Fact]
    public void A_caller_in_a_menu_is_not_given_up_because_nobody_has_answered()
    {
        BindMenu();
        CallIn();
        _call.Take(new CallCommand.GiveUpSetup());
        Assert.Equal(CallPhase.Setup, _call.Call.Phase);
    }

    [Fact]
    public void A_number_that_leads_to_an_announcement_plays_it_and_hangs_up()
    {
        var id = new AnnouncementId("closed");
        _call.Tenant = _call.Tenant with
        {
            Announcements = _call.Tenant.Announcements.SetItem(id, new Announcement(id)),
            PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(_infoline, new PhoneNumber(_infoline) { ForwardTo = new ForwardTarget.ToAnnouncement(id) }),
        };
        CallIn();
        Assert.Equal(["/announcements/closed.wav"], Heard());
        Acknowledge();
        Played();
        Assert.Equal(("completed", CallPhase.Over), (_call.Call.Cause!.Code, _call.Call.Phase));
        Assert.Contains(_call.Effects, effect => effect is CallEffect.InDialog { Leg: 0, Method.Name: "BYE" });
    }

    [Fact]
    public void What_is_journaled_of_a_scheme_reads_back()
    {
        BindMenu();
        CallIn();
        Press("9");
        Played();
        Press("1");
        var registry = new EventRegistry().AddCallEvents();

        foreach (var happened in _call.Events)
        {
            var (type, version, payload) = registry.Encode(happened);
            Assert.Equal(payload, registry.Encode(registry.Decode(type, version, payload)).Payload);
        }

        Assert.Equal(4, _call.Events.OfType<CallEvent.SchemeMoved>().Count());
    }

    [Fact]
    public void Every_element_on_the_way_says_why()
    {
        BindMenu();
        CallIn();
        Press("1");
        var path = _call.Events.OfType<CallEvent.SchemeMoved>().SelectMany(moved => moved.Path).ToList();
        Assert.Equal(["menu", "menu", "first"], path.Select(decision => decision.Element.Value));
        Assert.Equal(("1", "the caller pressed 1"), (path[1].Exit, path[1].Reason));
    }

    void BindMenu() => Bind(
        new MenuElement { Id = new("menu"), Sound = Prompt("choose"), Exits = Exits(("1", "first"), ("2", "second"), ("timeout", "second"), ("invalid", "bye")) },
        Extension("first", "11"), Extension("second", "12"), Hangup("bye"));

    /// <summary>A new version of the scheme to which the infoline leads.</summary>
    void Bind(params ImmutableArray<SchemeElement> elements)
    {
        var id = new SchemeId("main");
        var scheme = _call.Tenant.Schemes.GetValueOrDefault(id) ?? new Scheme(id);
        var version = new SchemeVersion(scheme.Current + 1, new SchemeGraph(elements[0].Id, elements), "test", _call.Now);
        _call.Tenant = _call.Tenant with
        {
            Schemes = _call.Tenant.Schemes.SetItem(id, scheme with { Current = version.Number, Versions = scheme.Versions.Add(version.Number, version) }),
            PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(_infoline, new PhoneNumber(_infoline) { ForwardTo = new ForwardTarget.ToScheme(id) }),
        };
    }

    void CallIn() => _call.Dial("+48943401128", _carrier);

    void Acknowledge() => _call.FromCaller("ACK", 1);

    void Press(string key) => _call.Take(new CallCommand.Media(new MediaEvent.Dtmf(Stream, key[0], TimeSpan.FromMilliseconds(100))));

    void Played() => _call.Take(new CallCommand.Media(new MediaEvent.PlayEnded(Stream, new PlayId(1), Completed: true)));

    void TimeIsUp() => _call.Take(new CallCommand.SchemeTimeIsUp(Serial()));

    int Serial() => _call.Call.Scheme!.Wait!.Serial;

    StreamId Stream => new(_call.Call.Legs[0].Media!.Stream);

    IEnumerable<string>? Heard() => ((PlaySource.Files?)Heard(null))?.Paths;

    PlaySource? Heard(PlaySource? none) => Plan().Single(plan => plan.Stream == Stream).Playing ?? none;

    ImmutableArray<StreamPlan> Plan()
    {
        var prompt = _call.Call.Scheme?.Wait is SchemeWait.Playing(var sounds, _) ? InScheme.Source(_call.World, _call.Call, sounds) : null;
        return [.. MediaPlan.For(_call.Call, null, false, new PlaySource.Tone(ToneKind.Beep), prompt).Select(plan => plan.Playing is PlaySource.Tone ? plan with { Playing = null } : plan)];
    }

    static AnnouncementElement Announcement(string id, string prompt, string next) => new() { Id = new(id), Sound = Prompt(prompt), Exits = Exits(("next", next)) };

    static ExtensionElement Extension(string id, string number) => new() { Id = new(id), Number = ExtensionNumber.Parse(number) };

    static HangupElement Hangup(string id) => new() { Id = new(id) };

    static SoundId Prompt(string name) => SoundId.OfPrompt(name);

    static ImmutableSortedDictionary<string, ElementId> Exits(params (string Exit, string To)[] exits) =>
        exits.ToImmutableSortedDictionary(exit => exit.Exit, exit => new ElementId(exit.To));

    /// <summary>Rings its members together.</summary>
    sealed record TestGroup : SchemeElement
    {
        public required ImmutableArray<string> Members { get; init; }

        public override ImmutableArray<ElementExit> Leaves => [];

        public override ElementStep Next(ElementMemory memory, ElementNews news, ElementContext context) => news is ElementNews.NotReached(var cause)
            ? new ElementStep.Leave("busy", "nobody", cause)
            : new ElementStep.Ring(
                context.Plan.ToGroup(context.Tenant, [.. Members.Select(member => ExtensionNumber.Parse(member))], TimeSpan.FromSeconds(20), context.Caller, context.Call), "rings all");
    }
}
