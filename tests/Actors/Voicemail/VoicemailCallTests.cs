using System.Text;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Tests.Calls;
using TeleCube.Actors.Tests.Schemes;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Persistence;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Tests.Voicemail;

/// <summary>A call in front of a voicemail box: when the box takes it, what is recorded, what a restart leaves, and how an extension listens.</summary>
public sealed class VoicemailCallTests
{
    static readonly ExtensionNumber _eleven = ExtensionNumber.Parse("11");
    static readonly PasswordHash _pin = PasswordHash.Of("4711", new byte[16], 1000);

    readonly CallTable _call = new();

    public VoicemailCallTests()
    {
        foreach (var prompt in new[] { "voicemail-greeting", "beep", "voicemail-saved", "voicemail-too-short", "voicemail-after-tone", "voicemail-full", "enter-pin", "wrong-pin", "pin-locked", "voicemail-you-have", "voicemail-menu", "voicemail-from", "voicemail-deleted", "voicemail-no-more", "voicemail-old", "goodbye", "error", "voicemail-none", "voicemail-greeting-menu", "voicemail-record-greeting", "voicemail-your-greeting", "voicemail-standard-greeting", "yesterday", "voicemail-at" })
            _call.Prompts[prompt] = new PlaySource.Files([$"/{prompt}.wav"]);
        Set(new VoicemailSettings { On = true });
    }

    [Theory]
    [InlineData(486)]
    [InlineData(603)]
    [InlineData(480)]
    public void A_call_that_the_extension_does_not_take_hears_the_greeting(int status)
    {
        _call.Dial("11");
        _call.Answer(1, status);
        Assert.Equal(["/voicemail-greeting.wav", "/beep.wav"], Heard());
        Assert.Equal(200, _call.Response(200).Status);
    }

    [Fact]
    public void So_does_a_call_that_nobody_answers_or_that_cannot_ring()
    {
        _call.Dial("11");
        _call.Take(new CallCommand.GiveUpRinging(_call.Call.Step));
        Assert.Equal("/voicemail-greeting.wav", Heard()[0]);

        var away = new VoicemailCallTests();
        away._call.Phones.Clear();
        away._call.Dial("11");
        Assert.Equal("/voicemail-greeting.wav", away.Heard()[0]);
    }

    [Fact]
    public void A_forward_of_the_case_goes_first_and_a_box_that_is_off_takes_nothing()
    {
        Change(extension => extension with { Forwards = new ExtensionForwards(Busy: new DialledNumber.Internal(ExtensionNumber.Parse("12"))) });
        _call.Dial("11");
        _call.Answer(1, 486);
        Assert.Equal(new Party.Phone("12"), _call.Call.Legs[2].Party);

        var off = new VoicemailCallTests();
        off.Set(new VoicemailSettings());
        off._call.Dial("11");
        off._call.Answer(1, 486);
        Assert.Equal("busy", off._call.Call.Cause!.Code);
    }

    [Fact]
    public void What_the_caller_says_is_recorded_for_the_box_and_the_recorder_stops_with_it()
    {
        Records();
        var wait = Assert.IsType<SchemeWait.Recording>(_call.Call.Scheme!.Wait);
        Assert.Equal(("11", $"{_call.Call.Id}-{wait.Serial}", TimeSpan.FromMinutes(3)), (wait.Box, wait.Id, wait.Until - wait.Since));
        Assert.Equal(new OpenRecording(wait.Id, "10", "Biuro 10", _call.Now), Assert.IsType<MailboxCommand.Begin>(ToBox()).Recording);
        Assert.Equal(wait.Id, Plan()[0].Recording);
        Assert.Null(Plan()[0].Playing);

        Press("5"); // means nothing here
        Assert.Equal(wait, _call.Call.Scheme!.Wait);
        Press("#");
        Assert.Null(Plan()[0].Recording);
        var asked = Assert.IsType<MailboxCommand.Asked>(ToBox());
        Assert.Equal(new MailboxQuestion.Outcome(wait.Id), asked.Question);
        _call.Take(new CallCommand.MailboxSays(asked.Serial - 1, MailboxAnswer.Full)); // late, for another wait
        _call.Take(new CallCommand.MailboxSays(asked.Serial, MailboxAnswer.Kept));
        Assert.Equal(["/voicemail-saved.wav"], Heard());
        Acknowledge();
        Played();
        Assert.Equal(("hung-up", CallPhase.Over), (_call.Call.Cause!.Code, _call.Call.Phase));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Silence_and_the_end_of_the_time_end_the_message(bool silence)
    {
        Records();
        if (silence) _call.Take(new CallCommand.Media(new MediaEvent.Silent(Stream)));
        else TimeIsUp();
        Assert.IsType<MailboxQuestion.Outcome>(Assert.IsType<MailboxCommand.Asked>(ToBox()).Question);
    }

    [Fact]
    public void Who_said_too_little_is_asked_again_three_times_in_all()
    {
        Records();
        for (var tries = 1; tries < 3; tries++)
        {
            Press("#");
            Says(MailboxAnswer.TooShort);
            Assert.Equal(["/voicemail-too-short.wav", "/voicemail-after-tone.wav", "/beep.wav"], Heard());
            Played();
        }

        Press("#");
        Says(MailboxAnswer.TooShort);
        Assert.Equal(["/voicemail-too-short.wav"], Heard());
    }

    [Fact]
    public void A_full_box_says_so_and_records_nothing()
    {
        Set(new VoicemailSettings { On = true, MaxMessages = 1 });
        Lies("a-1");
        _call.Dial("11");
        _call.Answer(1, 486);
        Assert.Equal(["/voicemail-full.wav"], Heard());
        Acknowledge();
        Played();
        Assert.Equal(CallPhase.Over, _call.Call.Phase);
    }

    [Fact]
    public void After_a_restart_what_was_recorded_is_closed_and_its_outcome_asked_for()
    {
        Records();
        Acknowledge();
        var recording = ((SchemeWait.Recording)_call.Call.Scheme!.Wait!).Id;
        _call.Restart();
        Assert.Equal(recording, Assert.IsType<MailboxCommand.Close>(_call.Done<CallEffect.Tell>().First(told => told.To.Kind == MailboxEntity.Kind).Message).Recording.Id);
        Assert.Equal(new MailboxQuestion.Outcome(recording), Assert.IsType<MailboxCommand.Asked>(ToBox()).Question);
        Assert.Null(Plan()[0].Recording);
        Says(MailboxAnswer.Kept);
        Assert.Equal(["/voicemail-saved.wav"], Heard());
    }

    [Fact]
    public void Who_is_transferred_to_an_extension_that_is_away_leaves_a_message()
    {
        _call.Dial("12");
        _call.Answer(1, 200, "bob");
        Acknowledge();
        _call.Phones.Remove("11");
        _call.FromCallee(1, "REFER", 3, extra: "Refer-To: <sip:11@pbx.test>\r\n");
        Assert.Equal(["/voicemail-greeting.wav", "/beep.wav"], Heard());
        Assert.Null(_call.Call.Transfer); // done
    }

    [Fact]
    public void An_order_to_call_an_extension_that_is_away_does_not_wake_its_box()
    {
        _call.Phones.Clear();
        _call.Take(new CallCommand.Order(CallTable.Company, "11", "12"));
        Assert.Equal("not-taken-by-orderer", _call.Call.Cause!.Code);
    }

    [Fact]
    public void A_number_can_lead_to_a_box_that_takes_no_other_calls()
    {
        Set(new VoicemailSettings());
        var infoline = E164.Parse("+48943401128");
        _call.Tenant = _call.Tenant with { PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(infoline, new PhoneNumber(infoline) { ForwardTo = new ForwardTarget.ToVoicemail(_eleven) }) };
        _call.Dial("+48943401128", new CallOrigin.Trunk("first", infoline, null, null));
        Assert.Equal("/voicemail-greeting.wav", Heard()[0]);
        Played();
        Assert.Null(Assert.IsType<MailboxCommand.Begin>(ToBox()).Recording.Caller); // withheld
    }

    [Fact]
    public void An_extension_listens_after_its_PIN_hears_new_messages_first_and_deletes()
    {
        Set(new VoicemailSettings { On = true, Pin = _pin });
        Lies("a-1", heard: true);
        Lies("b-1");
        Lies("c-1");
        Listens();
        Assert.Equal(["/enter-pin.wav"], Heard());
        foreach (var digit in "4711#") Press($"{digit}");
        Assert.Equal(new MailboxQuestion.CheckPin("4711", PinSource.Own), Assert.IsType<MailboxCommand.Asked>(ToBox()).Question);
        Says(MailboxAnswer.PinRight);
        Assert.Equal(["/voicemail-you-have.wav"], Heard());
        Played();
        Assert.Contains("/voicemail/11-b-1.wav", Heard());
        Played(); // to its end
        Assert.Equal(new MailboxQuestion.MarkHeard("b-1"), Assert.IsType<MailboxCommand.Asked>(ToBox()).Question);
        Lies("b-1", heard: true);
        Says(MailboxAnswer.Done);
        Assert.Equal(["/voicemail-menu.wav"], Heard());
        Press("1");
        Assert.Contains("/voicemail/11-b-1.wav", Heard());
        Press("2");
        Says(MailboxAnswer.Done);
        Assert.Contains("/voicemail/11-c-1.wav", Heard());
        Press("3");
        var told = _call.Done<CallEffect.Tell>().Single(effect => effect.To.Kind == MailboxEntity.Kind);
        var deletion = Assert.IsType<Recorded>(told.Message);
        Assert.Equal(new MailboxQuestion.Delete("c-1"), Assert.IsType<MailboxCommand.Asked>(deletion.Command).Question);
        Assert.Contains("delete-voicemail", ((StoreWrite.Upsert)deletion.Rows[0]).Json, StringComparison.Ordinal);
        Says(MailboxAnswer.Done);
        Assert.Equal(["/voicemail-deleted.wav"], Heard());
        Played();
        Assert.Equal("/voicemail-old.wav", Heard()[0]);
        Assert.Contains("/voicemail/11-a-1.wav", Heard()); // b-1 was new when the visit began
        Press("#");
        Says(MailboxAnswer.Done);
        Assert.Equal(["/voicemail-no-more.wav", "/voicemail-greeting-menu.wav"], Heard());
        Press("9");
        Assert.Equal(["/goodbye.wav"], Heard());

        var journal = string.Concat(_call.Events.Select(happened => Encoding.UTF8.GetString(new EventRegistry().AddCallEvents().Encode(happened).Payload)));
        Assert.DoesNotContain("4711", journal, StringComparison.Ordinal);
        Assert.DoesNotContain("\"471", journal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_PIN_is_told_three_times_and_a_locked_box_at_once()
    {
        Set(new VoicemailSettings { Pin = _pin });
        Listens();
        for (var tries = 0; tries < 2; tries++)
        {
            foreach (var digit in "1234#") Press($"{digit}");
            Says(MailboxAnswer.PinWrong);
            Assert.Equal(["/wrong-pin.wav", "/enter-pin.wav"], Heard());
        }

        foreach (var digit in "1234567890") Press($"{digit}"); // no more are listened to
        Says(MailboxAnswer.PinWrong);
        Assert.Equal(["/wrong-pin.wav", "/goodbye.wav"], Heard());
    }

    [Fact]
    public void A_box_that_takes_no_PIN_from_here_says_so_at_once_and_strangers_do_not_lock_its_own_phone()
    {
        Set(new VoicemailSettings { Pin = _pin });
        Locks(PinSource.Own);
        Listens();
        Assert.Equal(["/pin-locked.wav", "/goodbye.wav"], Heard());

        var strangers = new VoicemailCallTests();
        strangers.Set(new VoicemailSettings { Pin = _pin });
        strangers.Locks(PinSource.Unknown);
        strangers.Locks(new PinSource("12"));
        Assert.NotNull(strangers._call.Boxes.Look(CallTable.Company, _eleven)!.Pins.UntilForStrangers(strangers._call.Now));
        strangers.Listens();
        Assert.Equal(["/enter-pin.wav"], strangers.Heard());
    }

    [Theory]
    [InlineData("+48600100200", "+48600100200")]
    [InlineData(null, "unknown")]
    public void Who_calls_from_outside_is_counted_by_the_number_that_the_carrier_gives(string? shown, string source)
    {
        var infoline = E164.Parse("+48943401128");
        var graph = SchemeTable.Graph(new VoicemailMenuElement { Id = new("listen"), Extension = _eleven });
        Set(new VoicemailSettings { Pin = _pin });
        _call.Tenant = _call.Tenant with
        {
            Schemes = _call.Tenant.Schemes.SetItem(SchemeTable.Id, new Scheme(SchemeTable.Id).With(new SchemeVersion(1, graph, "admin", _call.Now))),
            PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(infoline, new PhoneNumber(infoline) { ForwardTo = new ForwardTarget.ToScheme(SchemeTable.Id) }),
        };
        _call.Dial("+48943401128", new CallOrigin.Trunk("first", infoline, shown, null));
        foreach (var digit in "4711#") Press($"{digit}");
        Assert.Equal(new MailboxQuestion.CheckPin("4711", new PinSource(source)), Assert.IsType<MailboxCommand.Asked>(ToBox()).Question);
    }

    [Theory]
    [InlineData("12", "12")]
    [InlineData("11", "own")]
    public void A_colleague_who_dials_the_companys_own_number_is_counted_by_his_extension(string extension, string source)
    {
        var number = E164.Parse("+48943401128");
        var graph = SchemeTable.Graph(new VoicemailMenuElement { Id = new("listen"), Extension = _eleven });
        Set(new VoicemailSettings { Pin = _pin });
        _call.Tenant = _call.Tenant with
        {
            Schemes = _call.Tenant.Schemes.SetItem(SchemeTable.Id, new Scheme(SchemeTable.Id).With(new SchemeVersion(1, graph, "admin", _call.Now))),
            PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(number, new PhoneNumber(number) { ForwardTo = new ForwardTarget.ToScheme(SchemeTable.Id) }),
        };
        _call.Dial("+48943401128", new CallOrigin.Trunk(Actors.Calls.Routing.OnNet.TrunkId, number, "+48943401128", null) { OwnExtension = extension });
        Acknowledge();
        _call.Restart(); // it is in the journal
        foreach (var digit in "4711#") Press($"{digit}");
        Assert.Equal(new MailboxQuestion.CheckPin("4711", new PinSource(source)), Assert.IsType<MailboxCommand.Asked>(ToBox()).Question);
    }

    [Fact]
    public void Who_begins_the_PIN_anew_again_and_again_has_a_minute_for_it_and_three_tries()
    {
        Set(new VoicemailSettings { Pin = _pin });
        Listens();
        var stars = 0;
        for (; _call.Call.Scheme!.Memory.Position == 0 && stars < 100; stars++)
        {
            Press("*");
            _call.Now += TimeSpan.FromSeconds(7);
        }

        Assert.InRange(stars, 20, 40);
        Assert.Equal(["/goodbye.wav"], Heard());
    }

    [Fact]
    public void The_owner_records_a_greeting_hears_it_and_its_callers_hear_it_until_it_is_given_up()
    {
        Listens();
        Assert.Equal(["/voicemail-none.wav", "/voicemail-greeting-menu.wav"], Heard());
        Played();
        Press("5");
        Assert.Equal(["/voicemail-record-greeting.wav", "/beep.wav"], Heard());
        Played();
        var wait = Assert.IsType<SchemeWait.Recording>(_call.Call.Scheme!.Wait);
        Assert.Equal((true, TimeSpan.FromMinutes(1)), (wait.IsGreeting, wait.Until - wait.Since));
        Assert.True(Assert.IsType<MailboxCommand.Begin>(ToBox()).Recording.IsGreeting);
        Press("#");
        Assert.Equal(new MailboxQuestion.Outcome(wait.Id), Assert.IsType<MailboxCommand.Asked>(ToBox()).Question);
        Greets("g-1");
        Says(MailboxAnswer.Kept);
        Assert.Equal(["/voicemail-your-greeting.wav", "/voicemail/11-g-1.wav", "/voicemail-greeting-menu.wav"], Heard());

        var caller = new VoicemailCallTests();
        caller.Greets("g-1");
        caller._call.Dial("11");
        caller._call.Answer(1, 486);
        Assert.Equal(["/voicemail/11-g-1.wav", "/beep.wav"], caller.Heard());

        Press("6");
        Assert.Equal(new MailboxQuestion.DeleteGreeting(), Assert.IsType<MailboxCommand.Asked>(ToBox()).Question);
        Says(MailboxAnswer.Done);
        Assert.Equal(["/voicemail-standard-greeting.wav", "/voicemail-greeting-menu.wav"], Heard());
    }

    [Fact]
    public void A_restart_while_the_greeting_is_spoken_keeps_what_was_said()
    {
        Listens();
        Acknowledge();
        Press("5");
        Played();
        var recording = ((SchemeWait.Recording)_call.Call.Scheme!.Wait!).Id;
        _call.Restart();
        var closed = Assert.IsType<MailboxCommand.Close>(_call.Done<CallEffect.Tell>().First(told => told.To.Kind == MailboxEntity.Kind).Message).Recording;
        Assert.Equal((recording, true), (closed.Id, closed.IsGreeting));
        Says(MailboxAnswer.TooShort);
        Assert.Equal(["/voicemail-too-short.wav", "/voicemail-greeting-menu.wav"], Heard());
    }

    [Fact]
    public void A_message_is_heard_with_its_day_by_the_companys_clock()
    {
        _call.Tenant = _call.Tenant with { TimeZone = "Europe/Warsaw" };
        _call.Now = new DateTimeOffset(2026, 11, 22, 22, 30, 0, TimeSpan.Zero); // 23:30 there
        Lies("a-1");
        _call.Now += TimeSpan.FromHours(1);
        Listens();
        Played();
        Assert.Equal(["/yesterday.wav", "/voicemail-at.wav", "/voicemail/11-a-1.wav"], Heard().SkipWhile(path => path != "/yesterday.wav"));
    }

    [Fact]
    public void A_message_that_could_not_be_deleted_is_not_called_deleted()
    {
        Lies("a-1");
        Listens();
        Played();
        Press("3");
        Says(MailboxAnswer.Failed);
        Assert.Equal(["/error.wav", "/voicemail-menu.wav"], Heard());
    }

    [Fact]
    public void A_restart_while_the_PIN_is_entered_forgets_its_digits_and_asks_again()
    {
        Set(new VoicemailSettings { Pin = _pin });
        Listens();
        Acknowledge();
        foreach (var digit in "47") Press($"{digit}");
        _call.Restart();
        foreach (var digit in "4711#") Press($"{digit}");
        Assert.Equal(new MailboxQuestion.CheckPin("4711", PinSource.Own), Assert.IsType<MailboxCommand.Asked>(ToBox()).Question);
        _call.Restart(); // the question is lost with the process
        Assert.Equal(["/enter-pin.wav"], Heard());
    }

    [Fact]
    public void Without_a_PIN_an_extensions_own_phone_listens_at_once()
    {
        Lies("a-1");
        Listens();
        Assert.Equal(["/voicemail-you-have.wav"], Heard());
    }

    void Records()
    {
        _call.Dial("11");
        _call.Answer(1, 486);
        Played();
    }

    /// <summary>Extension 11 dials *9.</summary>
    void Listens() => _call.Dial("*9", new CallOrigin.Extension("11"));

    void Lies(string id, bool heard = false)
    {
        var file = BlobName.Of("voicemail", CallTable.Company.Value, $"11-{id}.wav");
        var message = new VoicemailMessage(id, "10", null, _call.Now, TimeSpan.FromSeconds(5), file) { HeardAt = heard ? _call.Now - TimeSpan.FromHours(1) : null };
        if (heard && _call.Call.Phase is not CallPhase.New) message = message with { HeardAt = _call.Now + TimeSpan.FromSeconds(1) };
        var box = _call.Boxes.Look(CallTable.Company, _eleven) ?? MailboxState.Initial;
        _call.Boxes.Publish(CallTable.Company, _eleven, box with { Messages = box.Messages.SetItem(id, message) });
    }

    void Greets(string id)
    {
        var box = _call.Boxes.Look(CallTable.Company, _eleven) ?? MailboxState.Initial;
        var file = BlobName.Of("voicemail", CallTable.Company.Value, $"11-{id}.wav");
        _call.Boxes.Publish(CallTable.Company, _eleven, box with { Greeting = new RecordedGreeting(id, TimeSpan.FromSeconds(5), file, _call.Now) });
    }

    void Locks(PinSource source)
    {
        var box = _call.Boxes.Look(CallTable.Company, _eleven) ?? MailboxState.Initial;
        for (var wrong = 0; wrong < PinLock.MostFromOne; wrong++) box = box with { Pins = box.Pins.After(box.Pins.Refuse(source, _call.Now)) };
        _call.Boxes.Publish(CallTable.Company, _eleven, box);
    }

    void Set(VoicemailSettings settings) => Change(extension => extension with { Voicemail = settings });

    void Change(Func<Extension, Extension> change) =>
        _call.Tenant = _call.Tenant with { Extensions = _call.Tenant.Extensions.SetItem(_eleven, change(_call.Tenant.Extensions[_eleven])) };

    object ToBox() => _call.Done<CallEffect.Tell>().Last(told => told.To == MailboxEntity.Of(CallTable.Company, _eleven)).Message;

    void Says(MailboxAnswer answer) => _call.Take(new CallCommand.MailboxSays(_call.Call.Scheme!.Wait!.Serial, answer));

    StreamId Stream => new(_call.Call.Legs[_call.Call.Waiting].Media!.Stream);

    void Played() => _call.Take(new CallCommand.Media(new MediaEvent.PlayEnded(Stream, new PlayId(1), true)));

    void Press(string key) => _call.Take(new CallCommand.Media(new MediaEvent.Dtmf(Stream, key[0], TimeSpan.FromMilliseconds(100))));

    void TimeIsUp() => _call.Take(new CallCommand.SchemeTimeIsUp(_call.Call.Scheme!.Wait!.Serial));

    void Acknowledge() => _call.FromCaller("ACK", 1);

    System.Collections.Immutable.ImmutableArray<StreamPlan> Plan()
    {
        var sound = _call.Call.Scheme?.Wait is SchemeWait.Playing playing ? InScheme.Source(_call.World, _call.Call, playing.Sounds) : null;
        return MediaPlan.For(_call.Call, null, false, new PlaySource.Tone(ToneKind.Beep), sound);
    }

    IReadOnlyList<string> Heard() => Assert.IsType<PlaySource.Files>(Plan().Single(plan => plan.Stream == Stream).Playing).Paths;
}
