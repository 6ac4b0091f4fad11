using System.Text;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Tests.Schemes;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Persistence;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Calls that the exchange itself answers: their records say what it did for the caller, or that it did not come to that.</summary>
public sealed class ServedCallTests
{
    static readonly ExtensionNumber _eleven = ExtensionNumber.Parse("11");
    static readonly E164 _infoline = E164.Parse("+48943401128");

    readonly CallTable _call = new();

    public ServedCallTests()
    {
        foreach (var prompt in new[] { "voicemail-greeting", "beep", "voicemail-saved", "enter-pin", "wrong-pin", "goodbye", "voicemail-none", "voicemail-greeting-menu" })
            _call.Prompts[prompt] = new PlaySource.Files([$"/{prompt}.wav"]);
        Set(new VoicemailSettings { On = true });
    }

    [Theory]
    [InlineData(5, "completed", true)]
    [InlineData(1, "abandoned", false)] // hung up at the tone
    public void Who_hangs_up_while_he_speaks_has_left_a_message(int seconds, string disposition, bool served)
    {
        Records();
        Passes(seconds);
        HangsUp();
        var cdr = Cdr();
        Assert.Equal((disposition, "hung-up", served ? new CallService(ServiceKind.Voicemail, "11") : null), (cdr.Disposition, cdr.Cause.Code, cdr.Service));
        Assert.Equal(served ? 3 + seconds : 0, cdr.DurationSeconds);
        Assert.Equal(served ? _call.Now.AddSeconds(-3 - seconds) : (DateTimeOffset?)null, cdr.AnsweredAt);
    }

    [Theory]
    [InlineData(MailboxAnswer.Kept, "completed")]
    [InlineData(MailboxAnswer.Full, "hung-up")]
    public void A_message_that_the_box_keeps_is_what_the_call_was_for(MailboxAnswer answer, string disposition)
    {
        Records();
        Passes(5);
        Press("#");
        Says(answer);
        Played(); // what became of it
        Assert.Equal((disposition, "hung-up"), (Cdr().Disposition, Cdr().Cause.Code));
    }

    [Fact]
    public void Who_hangs_up_before_the_box_has_answered_has_left_a_message()
    {
        Records();
        Passes(5);
        Press("#");
        HangsUp();
        Assert.Equal(new CallService(ServiceKind.Voicemail, "11"), Cdr().Service);
    }

    [Fact]
    public void A_restart_forgets_nothing_of_it()
    {
        Records();
        Passes(5);
        Press("#");
        Says(MailboxAnswer.Kept);
        _call.Restart();
        _call.Take(new CallCommand.HangUp(EndCause.HungUp));
        Assert.Equal(("completed", new CallService(ServiceKind.Voicemail, "11")), (Cdr().Disposition, Cdr().Service));
    }

    [Fact]
    public void Whom_the_scheme_leads_on_from_the_voicemail_to_somebody_is_abandoned_there()
    {
        Leads(
            new VoicemailElement { Id = new("box"), Extension = _eleven, Exits = SchemeTable.To(("next", "desk")) },
            new ExtensionElement { Id = new("desk"), Number = ExtensionNumber.Parse("12") });
        CallIn();
        Played();
        Passes(5);
        Press("#");
        Says(MailboxAnswer.Kept);
        Played();
        HangsUp();
        Assert.Equal(("abandoned", null), (Cdr().Disposition, Cdr().Service));
    }

    [Fact]
    public void Who_listens_to_his_messages_and_hangs_up_has_had_what_he_called_for()
    {
        _call.Dial("*9", new CallOrigin.Extension("11"));
        Acknowledge();
        Passes(7);
        HangsUp();
        var cdr = Cdr();
        Assert.Equal(("completed", "*9", new CallService(ServiceKind.Messages, "11"), 7), (cdr.Disposition, cdr.Callee, cdr.Service, cdr.DurationSeconds));
    }

    [Fact]
    public void Who_knows_no_PIN_has_not()
    {
        Set(new VoicemailSettings { On = true, Pin = PasswordHash.Of("4711", new byte[16], 1000) });
        _call.Dial("*9", new CallOrigin.Extension("11"));
        Acknowledge();
        foreach (var digit in "1234#") Press($"{digit}");
        Says(MailboxAnswer.PinWrong);
        HangsUp();
        Assert.Equal(("abandoned", null), (Cdr().Disposition, Cdr().Service));

        var knows = new ServedCallTests();
        knows.Set(new VoicemailSettings { On = true, Pin = PasswordHash.Of("4711", new byte[16], 1000) });
        knows._call.Dial("*9", new CallOrigin.Extension("11"));
        knows.Acknowledge();
        foreach (var digit in "4711#") knows.Press($"{digit}");
        knows.Says(MailboxAnswer.PinRight);
        knows.HangsUp();
        Assert.Equal("completed", knows.Cdr().Disposition);
    }

    [Theory]
    [InlineData("*3", true)]
    [InlineData("*3", false)]
    [InlineData("*7", true)]
    [InlineData("1000*1", true)]
    [InlineData("1000*2", false)]
    [InlineData("*21*11", true)]
    [InlineData("*67*501222333", false)]
    public void A_code_that_was_obeyed_has_done_what_it_should_however_long_its_caller_listened(string code, bool toTheEnd)
    {
        _call.Tenant = _call.Tenant with
        {
            Queues = _call.Tenant.Queues.Add(ExtensionNumber.Parse("1000"), new Queue(ExtensionNumber.Parse("1000"))),
            Switches = _call.Tenant.Switches.Add(new("night"), new ManualSwitch(new("night")) { Code = "" }),
        };
        _call.Dial(code);
        _call.Take(new CallCommand.SettingSaid(null));
        Acknowledge();
        Passes(2);
        if (toTheEnd) Played();
        else HangsUp();
        var cdr = Cdr();
        Assert.Equal(("completed", toTheEnd ? "completed" : "hung-up", 200), (cdr.Disposition, cdr.Cause.Code, cdr.Cause.Status));
        Assert.Equal((new CallService(ServiceKind.FeatureCode, code), code, 2, CallDirection.Internal), (cdr.Service, cdr.Callee, cdr.DurationSeconds, cdr.Direction));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_code_that_was_refused_aloud_says_why(bool toTheEnd)
    {
        _call.Dial("1001*1");
        Acknowledge();
        if (toTheEnd) Played();
        else HangsUp();
        Assert.Equal((Refusals.NoSuchQueue, null), (Cdr().Disposition, Cdr().Service));
    }

    [Fact]
    public void A_code_that_could_not_be_obeyed_says_why()
    {
        _call.Tenant = _call.Tenant with { Queues = _call.Tenant.Queues.Add(ExtensionNumber.Parse("1000"), new Queue(ExtensionNumber.Parse("1000"))) };
        _call.Dial("1000*1");
        _call.Take(new CallCommand.SettingSaid(new Rejection("quarantined")));
        Acknowledge();
        Played();
        Assert.Equal(("quarantined", null), (Cdr().Disposition, Cdr().Service));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_announcement_to_which_a_number_leads_was_heard(bool toTheEnd)
    {
        var id = new AnnouncementId("closed");
        _call.Tenant = _call.Tenant with
        {
            Announcements = _call.Tenant.Announcements.SetItem(id, new Announcement(id)),
            PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(_infoline, new PhoneNumber(_infoline) { ForwardTo = new ForwardTarget.ToAnnouncement(id) }),
        };
        CallIn();
        Passes(4);
        if (toTheEnd) Played();
        else HangsUp();
        Assert.Equal(("completed", new CallService(ServiceKind.Announcement, "closed"), 4), (Cdr().Disposition, Cdr().Service, Cdr().DurationSeconds));
    }

    [Fact]
    public void A_scheme_that_hangs_up_by_itself_has_ended_the_call_and_no_more()
    {
        Leads(new AnnouncementElement { Id = new("hello"), Sound = SchemeTable.Welcome, Exits = SchemeTable.To(("next", "end")) }, SchemeTable.Hangup());
        CallIn();
        Played();
        Assert.Equal(("scheme-ended", null, 0), (Cdr().Disposition, Cdr().Service, Cdr().DurationSeconds));
    }

    [Fact]
    public void A_message_before_a_conversation_is_none_of_the_record()
    {
        _call.Dial("12");
        _call.Answer(1, 200, "bob");
        Acknowledge();
        HangsUp();
        Assert.Equal(("answered", null), (Cdr().Disposition, Cdr().Service));
    }

    [Fact]
    public void The_journal_of_before_reads_on()
    {
        const string Old = """{"position":null,"path":[],"at":"2026-11-22T12:00:00+00:00"}""";
        var registry = new EventRegistry().AddCallEvents();
        var read = Assert.IsType<CallEvent.SchemeMoved>(registry.Decode("call.scheme-moved", 1, Encoding.UTF8.GetBytes(Old)));
        Assert.Null(read.Served);
    }

    Cdr Cdr() => Assert.Single(_call.Events.OfType<CallEvent.Ended>()).Cdr;

    void Records()
    {
        _call.Dial("11");
        _call.Answer(1, 486);
        Acknowledge();
        Passes(3);
        Played();
    }

    void Leads(params SchemeElement[] elements) => _call.Tenant = _call.Tenant with
    {
        Schemes = _call.Tenant.Schemes.SetItem(SchemeTable.Id, new Scheme(SchemeTable.Id).With(new SchemeVersion(1, SchemeTable.Graph(elements), "admin", _call.Now))),
        PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(_infoline, new PhoneNumber(_infoline) { ForwardTo = new ForwardTarget.ToScheme(SchemeTable.Id) }),
    };

    void CallIn()
    {
        _call.Dial(_infoline.Value, new CallOrigin.Trunk("first", _infoline, "+48600100200", null));
        Acknowledge();
    }

    void Set(VoicemailSettings settings) =>
        _call.Tenant = _call.Tenant with { Extensions = _call.Tenant.Extensions.SetItem(_eleven, _call.Tenant.Extensions[_eleven] with { Voicemail = settings }) };

    void Passes(int seconds) => _call.Now += TimeSpan.FromSeconds(seconds);

    void Acknowledge() => _call.FromCaller("ACK", 1);

    void HangsUp() => _call.FromCaller("BYE", 2);

    void Says(MailboxAnswer answer) => _call.Take(new CallCommand.MailboxSays(_call.Call.Scheme!.Wait!.Serial, answer));

    StreamId Stream => new(_call.Call.Legs[_call.Call.Waiting].Media!.Stream);

    void Played() => _call.Take(new CallCommand.Media(new MediaEvent.PlayEnded(Stream, new PlayId(1), true)));

    void Press(string key) => _call.Take(new CallCommand.Media(new MediaEvent.Dtmf(Stream, key[0], TimeSpan.FromMilliseconds(100))));
}
