using System.Collections.Immutable;
using System.Text;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Codes pressed during a call (PRODUCT §11): who may, what is swallowed, what is passed on, where the call goes.</summary>
public sealed class FeatureKeyTests
{
    const string Caller = "+48600100200";
    static readonly E164 _own = E164.Parse("+48943401128");
    static readonly ExternalNumber _consultant = new(new("consultant"), E164.Parse("+48501222333")) { MayTransfer = true };
    static readonly ExternalNumber _boss = Boss();

    readonly CallTable _call = new();

    public FeatureKeyTests()
    {
        _call.Tenant = _call.Tenant with
        {
            ExternalNumbers = _call.Tenant.ExternalNumbers.Add(_consultant.Id, _consultant).Add(_boss.Id, _boss),
            PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(_own, new PhoneNumber(_own) { ForwardTo = new ForwardTarget.ToExternalNumber(_consultant.Id) }),
        };
        _call.Trunks = [.. _call.Trunks.Select(trunk => trunk with { CallerId = trunk.CallerId with { AllowsForeign = true } })];
    }

    [Theory]
    [InlineData("*022#")]
    [InlineData("*502333444#")]
    [InlineData("*48502333444#")]
    [InlineData("*0048502333444#")]
    public void A_code_of_an_external_consultant_takes_the_call_to_that_number(string code)
    {
        Forwarded();
        Press(1, code);
        Assert.DoesNotContain(_call.AllEffects, effect => effect is CallEffect.Media { Command: MediaCommand.SendDtmf });
        _call.Take(new CallCommand.ChannelGranted("first", 2));
        var invite = _call.Invite(2).Sent.Request;
        Assert.Equal("+48502333444", invite.Uri.User);
        Assert.Equal(_own.Value, invite.From.Uri.User); // Aktywna: what the caller dialled
        Assert.Contains(_own.Value, invite.Headers.First("Diversion"), StringComparison.Ordinal);

        _call.Answer(2, 200, "bob");
        Assert.Equal(new Pair(0, 2), _call.Call.Talk);
        Assert.Equal("transferred", _call.Call.Legs[1].Cause!.Code);
    }

    [Fact]
    public void A_passive_number_sees_the_caller()
    {
        Set(_boss with { Presentation = NumberPresentation.Passive });
        Forwarded();
        Press(1, "*022#");
        _call.Take(new CallCommand.ChannelGranted("first", 2));
        Assert.Equal(Caller, _call.Invite(2).Sent.Request.From.Uri.User);
    }

    [Fact]
    public void A_transfer_by_keys_is_audited_and_told_without_its_digits()
    {
        Forwarded();
        Press(1, "*022#");
        var asked = Assert.Single(_call.Events.OfType<CallEvent.Asked>()).Entry;
        Assert.Equal(("transfer-by-dtmf", AuditActorKind.Phone, "+48501222333"), (asked.Action, asked.Actor.Kind, asked.Actor.Name));
        Assert.Contains(_call.Done<CallEffect.Note>(), note => note.Text.Contains("*xxx#", StringComparison.Ordinal));
        Assert.DoesNotContain(_call.AllEffects.OfType<CallEffect.Note>(), note => note.Text.Contains("022", StringComparison.Ordinal));
    }

    [Fact]
    public void A_short_code_may_end_by_a_pause()
    {
        Forwarded();
        Press(1, "*022");
        var timer = _call.Done<CallEffect.StartTimer>().Single(timer => timer.Name == "keys-1");
        Assert.Equal(TimeSpan.FromSeconds(3), timer.After);
        _call.Take(timer.Command);
        Assert.Equal(_boss.Id.Value, _call.Call.Transfer?.ToExternal);
    }

    [Theory]
    [InlineData("*4", true)] // nothing followed
    [InlineData("*023", true)]
    [InlineData("*4#", false)]
    [InlineData("**", false)]
    [InlineData("*12*", false)]
    [InlineData("*123456789012345678", false)]
    public void What_is_no_code_is_passed_on_in_its_order(string keys, bool byPause)
    {
        Forwarded();
        Press(1, keys);
        if (byPause) _call.Take(new CallCommand.KeysAreOver(1));
        Assert.Equal((Stream(0), keys), Sent());
        Assert.Equal(new MediaCommand.HoldKeys(Stream(1), On: true), _call.Done<CallEffect.Media>().Select(media => media.Command).OfType<MediaCommand.HoldKeys>().Single());
        Assert.Null(_call.Call.Transfer);
        Assert.Null(_call.Call.Legs[1].HeldKeys);
    }

    [Fact]
    public void A_key_that_was_held_behind_what_was_decided_is_passed_on_by_itself()
    {
        Forwarded();
        Press(1, "*4#");
        Press(1, "7");
        Assert.Equal((Stream(0), "7"), Sent());
    }

    [Fact]
    public void A_number_that_is_not_saved_is_refused_and_the_parties_talk_on()
    {
        _call.Prompts["transfer-refused"] = new PlaySource.Files(["/prompts/pl/transfer-refused.wav"]);
        Forwarded();
        Press(1, "*503333444#");
        Assert.Equal((Stream(1), _call.Prompts["transfer-refused"]), Played());
        Assert.DoesNotContain(_call.Done<CallEffect.Media>(), media => media.Command is MediaCommand.SendDtmf);
        Assert.Equal(new Pair(0, 1), _call.Call.Talk);
    }

    [Fact]
    public void A_target_that_is_busy_leaves_the_transferor_where_it_is_and_says_so()
    {
        _call.Prompts["transfer-failed"] = new PlaySource.Files(["/prompts/pl/transfer-failed.wav"]);
        Forwarded();
        _call.Talking.Add(_boss.Number.Value);
        Press(1, "*022#");
        Assert.Equal((Stream(1), _call.Prompts["transfer-failed"]), Played());
        Assert.Equal((new Pair(0, 1), (Transfer?)null), (_call.Call.Talk, _call.Call.Transfer));
        Assert.Contains(_call.Done<CallEffect.Media>(), media => media.Command == new MediaCommand.HoldKeys(Stream(1), On: true));
    }

    [Fact]
    public void A_consultant_who_has_left_is_rung_back_when_the_target_does_not_answer()
    {
        Forwarded();
        Press(1, "*022#");
        _call.Take(new CallCommand.ChannelGranted("first", 2));
        _call.FromCallee(1, "BYE", 2);
        Assert.Equal(CallPhase.Talking, _call.Call.Phase);
        _call.Answer(2, 486);
        _call.Take(new CallCommand.ChannelGranted("first", 3));
        Assert.Equal("+48501222333", _call.Invite(3).Sent.Request.Uri.User);
        _call.Answer(3, 200, "bob");
        Assert.Equal(new Pair(0, 3), _call.Call.Talk);
    }

    [Fact]
    public void The_party_outside_never_transfers()
    {
        Forwarded();
        Assert.False(_call.Call.Legs[0].TakesCodes);
        Assert.Equal([false, true], Plan().Select(plan => plan.HoldsKeys));
    }

    [Fact]
    public void A_number_without_the_right_is_not_listened_to()
    {
        Set(_consultant with { MayTransfer = false });
        Forwarded();
        Assert.All(Plan(), plan => Assert.False(plan.HoldsKeys));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_extension_transfers_by_its_switch(bool may)
    {
        var number = ExtensionNumber.Parse("11");
        _call.Tenant = _call.Tenant with
        {
            Extensions = _call.Tenant.Extensions.SetItem(number, _call.Tenant.Extensions[number] with { MayTransferByDtmf = may }),
            PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(_own, new PhoneNumber(_own) { ForwardTo = new ForwardTarget.ToExtension(number) }),
        };
        CallIn();
        _call.Answer(1, 200, "bob");
        Assert.Equal(may, Plan()[1].HoldsKeys);
        foreach (var key in "*022#") Info(1, key);
        Assert.Equal(may ? _boss.Id.Value : null, _call.Call.Transfer?.ToExternal);
        if (!may) Assert.Equal("*022#", string.Concat(_call.AllEffects.OfType<CallEffect.Media>().Select(media => media.Command).OfType<MediaCommand.SendDtmf>().Select(send => send.Digits)));
    }

    [Fact]
    public void While_a_transfer_is_under_way_keys_are_nobodys_code()
    {
        Forwarded();
        Press(1, "*022#");
        Assert.All(Plan(), plan => Assert.False(plan.HoldsKeys));
    }

    [Fact]
    public void A_code_in_the_audio_is_one_too()
    {
        Forwarded();
        Press(1, "*022#", inAudio: true);
        Assert.Equal(_boss.Id.Value, _call.Call.Transfer?.ToExternal);
    }

    [Theory]
    [InlineData("*4", true)]
    [InlineData("*4#", false)]
    public void What_the_other_party_has_heard_in_the_audio_is_not_passed_on_again(string keys, bool byPause)
    {
        Forwarded();
        Press(1, keys, inAudio: true);
        if (byPause) _call.Take(new CallCommand.KeysAreOver(1));
        Assert.DoesNotContain(_call.AllEffects, effect => effect is CallEffect.Media { Command: MediaCommand.SendDtmf });
        Assert.Null(_call.Call.Legs[1].HeldKeys);
        Press(1, "*4#");
        Assert.Equal((Stream(0), "*4#"), Sent());
    }

    [Fact]
    public void Keys_that_are_held_stand_in_no_journal_and_are_lost_when_the_exchange_dies()
    {
        Forwarded();
        Press(1, "*7391");
        var registry = new EventRegistry().AddCallEvents();
        Assert.DoesNotContain(_call.Events, happened => Encoding.UTF8.GetString(registry.Encode(happened).Payload).Contains("*7", StringComparison.Ordinal));

        _call.Restart();
        Assert.Null(_call.Call.Legs[1].HeldKeys);
        Assert.True(Plan()[1].HoldsKeys);
        Press(1, "*022#");
        Assert.Equal(_boss.Id.Value, _call.Call.Transfer?.ToExternal);
    }

    [Fact]
    public void A_journal_that_still_has_the_keys_is_read_without_them()
    {
        var old = """{"leg":1,"keys":"*7391","at":"2026-11-22T12:00:00+00:00"}"""u8.ToArray();
        Assert.Equal(new CallEvent.KeysHeld(1, new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)), new EventRegistry().AddCallEvents().Decode("call.keys-held", 1, old));
    }

    [Theory]
    [InlineData("*022#", "+48502333444")]
    [InlineData("*022", "+48502333444")]
    [InlineData("*501222333#", "+48501222333")]
    public void An_extension_that_talks_with_nobody_calls_the_number(string dialled, string called)
    {
        _call.Dial(dialled.Replace("#", "%23", StringComparison.Ordinal));
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        Assert.Equal((called, _own.Value), (_call.Invite(1).Sent.Request.Uri.User, _call.Invite(1).Sent.Request.From.Uri.User));
        Assert.NotNull(_call.Call.Legs[1].External);
    }

    [Theory]
    [InlineData("*023#")]
    [InlineData("*503333444#")]
    [InlineData("*4")]
    public void A_code_that_stands_for_nothing_is_refused(string dialled)
    {
        _call.Dial(dialled.Replace("#", "%23", StringComparison.Ordinal));
        Assert.Equal(404, _call.Response(404).Status);
    }

    static ExternalNumber Boss() => new(new("boss"), E164.Parse("+48502333444")) { ShortCode = ShortCode.TryParse("022", out var code) ? code : null };

    void Set(ExternalNumber number) => _call.Tenant = _call.Tenant with { ExternalNumbers = _call.Tenant.ExternalNumbers.SetItem(number.Id, number) };

    void CallIn() => _call.Dial(_own.Value, new CallOrigin.Trunk("first", _own, Caller, null));

    /// <summary>A caller talks with the consultant outside.</summary>
    void Forwarded()
    {
        CallIn();
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
    }

    void Press(int leg, string keys, bool inAudio = false)
    {
        foreach (var key in keys)
            _call.Take(new CallCommand.Media(new MediaEvent.Dtmf(Stream(leg), key, TimeSpan.FromMilliseconds(100)) { Held = true, InAudio = inAudio }));
    }

    void Info(int leg, char key)
    {
        _call.FromCallee(leg, "INFO", (uint)(10 + _call.AllEffects.OfType<CallEffect.Heard>().Count()), extra: "", body: ("application/dtmf", $"{key}"));
    }

    (StreamId, string) Sent()
    {
        var sent = Assert.Single(_call.Done<CallEffect.Media>().Select(media => media.Command).OfType<MediaCommand.SendDtmf>());
        return (sent.Stream, sent.Digits);
    }

    (StreamId, PlaySource) Played()
    {
        var play = Assert.Single(_call.Done<CallEffect.Media>().Select(media => media.Command).OfType<MediaCommand.Play>());
        return (play.Stream, play.Source);
    }

    StreamId Stream(int leg) => new(_call.Call.Legs[leg].Media!.Stream);

    ImmutableArray<StreamPlan> Plan() => MediaPlan.For(_call.Call, null, false, new PlaySource.Tone(ToneKind.Beep));
}
