using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tests.Voicemail;

/// <summary>What may happen to a voicemail box, event by event.</summary>
public sealed class MailboxRulesTests
{
    static readonly DateTimeOffset _now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    static readonly VoicemailSettings _settings = new() { On = true, MaxMessages = 2 };
    static readonly OpenRecording _first = new("a-1", "+48600100200", "Anna", _now);
    static readonly BlobName _file = BlobName.Of("voicemail", "firmaabcde", "10-a-1.wav");
    static readonly RecordedGreeting _greeting = new("a-1", TimeSpan.FromSeconds(7), _file, _now);

    [Fact]
    public void A_recording_is_a_message_once_it_is_kept()
    {
        var box = After(new MailboxCommand.Begin(_first));
        Assert.Equal(0, box.Counts.New);
        box = After(box, new MailboxCommand.Kept("a-1", _file, TimeSpan.FromSeconds(7)));
        Assert.Equal(new MailboxCounts(1, 0), box.Counts);
        Assert.Empty(box.Open);
        Assert.Equal(new VoicemailMessage("a-1", "+48600100200", "Anna", _now, TimeSpan.FromSeconds(7), _file), Assert.Single(box.Messages.Values));
    }

    [Fact]
    public void What_a_restart_says_again_changes_nothing()
    {
        var box = After(After(new MailboxCommand.Begin(_first)), new MailboxCommand.Kept("a-1", _file, TimeSpan.FromSeconds(7)));
        foreach (var again in new MailboxCommand[] { new MailboxCommand.Begin(_first), new MailboxCommand.Close(_first), new MailboxCommand.Kept("a-1", _file, TimeSpan.FromSeconds(7)), new MailboxCommand.NotKept("a-1", MailboxAnswer.TooShort, "") })
            Assert.Empty(MailboxRules.Decide(box, again, _settings, _now).Events);
    }

    [Fact]
    public void Of_two_who_speak_at_once_to_a_box_with_room_for_one_the_first_is_kept()
    {
        var box = MailboxState.Initial;
        foreach (var id in new[] { "a-1", "b-1", "c-1" }) box = After(box, new MailboxCommand.Begin(_first with { Id = id }));
        foreach (var id in new[] { "a-1", "b-1", "c-1" }) box = After(box, new MailboxCommand.Kept(id, _file, TimeSpan.FromSeconds(3)));
        Assert.Equal(["a-1", "b-1"], box.Messages.Keys);
        Assert.Empty(box.Open);
    }

    [Fact]
    public void What_was_heard_is_old_and_can_be_new_again()
    {
        var box = With("a-1");
        box = After(box, new MailboxCommand.MarkHeard("a-1", true));
        Assert.Equal(new MailboxCounts(0, 1), box.Counts);
        Assert.Empty(MailboxRules.Decide(box, new MailboxCommand.MarkHeard("a-1", true), _settings, _now).Events);
        Assert.Equal(new MailboxCounts(1, 0), After(box, new MailboxCommand.MarkHeard("a-1", false)).Counts);
        Assert.Equal("no-such-message", MailboxRules.Decide(box, new MailboxCommand.Delete("z"), _settings, _now).Rejection?.Code);
        Assert.Equal(default, After(box, new MailboxCommand.Delete("a-1")).Counts);
    }

    [Fact]
    public void Messages_go_when_they_are_too_old_and_all_of_them_with_the_extension()
    {
        var box = MailboxRules.Apply(With("a-1"), new MailboxEvent.MessageLeft(Message("b-1") with { ReceivedAt = _now - TimeSpan.FromDays(91) }, false, _now));
        Assert.Equal(["a-1"], After(box, new MailboxCommand.Expire()).Messages.Keys);
        Assert.Empty(After(box, new MailboxCommand.Clear()).Messages);
    }

    [Fact]
    public void The_webhook_is_owed_until_it_is_in_the_journal()
    {
        var settings = _settings with { WebhookUrl = "https://example.com/" };
        var box = Apply(MailboxState.Initial, MailboxRules.Decide(MailboxState.Initial, new MailboxCommand.Begin(_first), settings, _now));
        box = Apply(box, MailboxRules.Decide(box, new MailboxCommand.Kept("a-1", _file, TimeSpan.FromSeconds(3)), settings, _now));
        Assert.Equal(["a-1"], box.Unnotified);
        Assert.Empty(After(box, new MailboxCommand.Notified("a-1")).Unnotified);
        Assert.Empty(After(box, new MailboxCommand.Delete("a-1")).Unnotified);
    }

    [Fact]
    public void A_greeting_replaces_the_one_before_is_no_message_and_goes_with_the_extension()
    {
        var box = Greeted();
        Assert.Equal((_greeting, default, 0), (box.Greeting, box.Counts, box.Open.Count));
        Assert.Empty(MailboxRules.Decide(box, new MailboxCommand.Close(_first with { IsGreeting = true }), _settings, _now).Events); // as a restart says again

        var other = BlobName.Of("voicemail", "firmaabcde", "10-b-1.wav");
        box = After(box, new MailboxCommand.Begin(_first with { Id = "b-1", IsGreeting = true }));
        var replaced = MailboxRules.Decide(box, new MailboxCommand.Kept("b-1", other, TimeSpan.FromSeconds(5)), _settings, _now);
        Assert.Equal(_file, Assert.IsType<MailboxEvent.GreetingRecorded>(Assert.Single(replaced.Events)).Replaces);
        Assert.Null(After(Apply(box, replaced), new MailboxCommand.Clear()).Greeting);
        Assert.Null(After(box, new MailboxCommand.DeleteGreeting()).Greeting);
        Assert.Empty(MailboxRules.Decide(MailboxState.Initial, new MailboxCommand.DeleteGreeting(), _settings, _now).Events);
    }

    [Fact]
    public void A_full_box_takes_a_greeting_all_the_same()
    {
        var box = After(After(With("x-1"), new MailboxCommand.Begin(_first with { Id = "y-1" })), new MailboxCommand.Kept("y-1", _file, TimeSpan.FromSeconds(3)));
        box = After(box, new MailboxCommand.Begin(_first with { IsGreeting = true }));
        Assert.NotNull(After(box, new MailboxCommand.Kept("a-1", _file, TimeSpan.FromSeconds(7))).Greeting);
    }

    [Fact]
    public void Every_event_and_the_state_are_read_back_as_they_were()
    {
        var registry = new EventRegistry().AddMailboxEvents();
        MailboxEvent[] all =
        [
            new MailboxEvent.RecordingBegan(_first, _now), new MailboxEvent.RecordingDropped("a-1", MailboxAnswer.Full, "full", _now), new MailboxEvent.MessageLeft(Message("a-1"), true, _now),
            new MailboxEvent.MessageHeard("a-1", true, _now), new MailboxEvent.MessageDeleted("a-1", _file, _now), new MailboxEvent.WebhookHandedOver("a-1", _now),
            new MailboxEvent.PinAccepted(_now) { From = "own" }, new MailboxEvent.PinRefused(_now, _now) { From = "+48600100200", AllLockedUntil = _now },
            new MailboxEvent.PinUnlocked(_now), new MailboxEvent.GreetingRecorded(_greeting, _file, _now), new MailboxEvent.GreetingDeleted(_file, _now),
        ];
        Assert.Empty(typeof(MailboxEvent).GetNestedTypes().Except(all.Select(one => one.GetType())));
        foreach (var one in all)
        {
            var (type, version, payload) = registry.Encode(one);
            Assert.Equal(one, registry.Decode(type, version, payload));
        }

        var box = With("a-1") with { Pins = PinLock.Open.After(PinLock.Open.Refuse(PinSource.Unknown, _now)), Unnotified = ["a-1"], Greeting = _greeting };
        box = After(box, new MailboxCommand.Begin(_first with { Id = "b-2" }));
        var (name, number, bytes) = registry.Encode(box);
        var read = (MailboxState)registry.Decode(name, number, bytes);
        Assert.Equal((box.Messages["a-1"], box.Open["b-2"], _greeting), (read.Messages["a-1"], read.Open["b-2"], read.Greeting));
        Assert.Equal((box.Pins.Strangers, box.Pins.Sources["unknown"]), (read.Pins.Strangers, read.Pins.Sources["unknown"]));
        Assert.Equal(["a-1"], read.Unnotified);
        var (stateName, stateNumber, fresh) = registry.Encode(MailboxState.Initial);
        Assert.True(((MailboxState)registry.Decode(stateName, stateNumber, fresh)).Pins.IsOpen);
    }

    [Fact]
    public void A_state_and_a_refusal_from_before_there_were_sources_are_read()
    {
        var registry = new EventRegistry().AddMailboxEvents();
        var box = (MailboxState)registry.Decode("mailbox.state", 1, """{"messages":{},"open":{},"unnotified":[],"pinFailures":3}"""u8.ToArray());
        Assert.True(box.Pins.IsOpen);
        var refused = (MailboxEvent)registry.Decode("mailbox.pin-refused", 1, """{"at":"2026-11-23T09:00:00+00:00"}"""u8.ToArray());
        Assert.Equal(1, MailboxRules.Apply(box, refused).Pins.Sources["unknown"].Wrong);
    }

    static MailboxState Greeted() =>
        After(After(new MailboxCommand.Begin(_first with { IsGreeting = true })), new MailboxCommand.Kept("a-1", _file, TimeSpan.FromSeconds(7)));

    internal static VoicemailMessage Message(string id) => new(id, "+48600100200", null, _now, TimeSpan.FromSeconds(5), BlobName.Of("voicemail", "firmaabcde", $"10-{id}.wav"));

    static MailboxState With(string id) => MailboxRules.Apply(MailboxState.Initial, new MailboxEvent.MessageLeft(Message(id), false, _now));

    static MailboxState After(MailboxCommand command) => After(MailboxState.Initial, command);

    static MailboxState After(MailboxState box, MailboxCommand command) => Apply(box, MailboxRules.Decide(box, command, _settings, _now));

    static MailboxState Apply(MailboxState box, Decision<MailboxEvent> decision) => decision.Events.Aggregate(box, MailboxRules.Apply);
}
