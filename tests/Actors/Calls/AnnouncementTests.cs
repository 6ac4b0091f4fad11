using System.Collections.Immutable;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Messages;
using TeleCube.Sip.Sdp;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>„Numer nie jest przypisany”: heard as early media, once, before the 404 (PRODUCT §3).</summary>
public sealed class AnnouncementTests
{
    static readonly PlaySource _prompt = new PlaySource.Files(["/prompts/pl/not-assigned.wav"]);
    static readonly PlaySource _music = new PlaySource.Tone(ToneKind.Beep);

    readonly CallTable _call = new();

    public AnnouncementTests() => _call.Prompts["not-assigned"] = _prompt;

    [Fact]
    public void Who_dials_a_number_that_is_not_assigned_hears_so_and_is_then_refused()
    {
        _call.Dial("77");
        Assert.NotNull(_call.Response(183).Sdp);
        Assert.Equal(_prompt, Heard());

        PromptEnds();
        Assert.Equal(["SIP;cause=404;text=\"Number is not assigned\"", "Q.850;cause=1;text=\"Unallocated number\""], _call.Response(404).Headers.All("Reason"));
        Assert.Equal("no-such-number", Assert.IsType<CallEvent.Ended>(_call.Events[^1]).Cdr.Disposition);
        Assert.Empty(Plan());
    }

    [Theory]
    [InlineData("*99")]
    [InlineData("*4#")]
    [InlineData("*111222333#")] // no external number of the company
    [InlineData("#99#")]
    public void Who_dials_a_code_that_stands_for_nothing_hears_that_it_is_not_known(string code)
    {
        _call.Prompts["feature-unknown"] = new PlaySource.Files(["/prompts/pl/feature-unknown.wav"]);
        _call.Dial(code);
        Assert.Equal(_call.Prompts["feature-unknown"], Heard());
        PromptEnds();
        Assert.Equal(404, _call.Response(404).Status);
        Assert.Equal("unknown-code", Assert.IsType<CallEvent.Ended>(_call.Events[^1]).Cdr.Disposition);
    }

    [Theory]
    [InlineData("+48943401128")] // of the company, and forwarded to nothing
    [InlineData("+48943401129")] // taken back meanwhile
    public void A_caller_from_outside_hears_it_too(string number)
    {
        _call.Dial(number, new CallOrigin.Trunk("first", E164.Parse(number), "+48601000111", null));
        Assert.Equal(183, _call.Response(183).Status);
        Assert.Equal(_prompt, Heard());
    }

    [Fact]
    public void A_number_that_no_tenant_holds_is_nobodys_call_and_is_told_the_same()
    {
        var number = E164.Parse("+48943401199");
        var invite = CallTable.Invite(number.Value);
        var call = CallState.Initial with { Id = _call.Call.Id, Tenant = TenantId.Platform };
        var begin = new CallCommand.Begin(TenantId.Platform, new CallOrigin.Trunk("first", number, null, null), invite, new("t-invite"), CallTable.Flow);
        var turn = CallDecider.Decide(call, begin, _call.World, _call.Now, _ => 1);

        Assert.Equal((CallPhase.Setup, 0), (turn.Call.Phase, turn.Call.Announcement!.Leg));
        var ringing = turn.Effects.OfType<CallEffect.Respond>().Single().Response;
        Assert.Equal(183, ringing.Status);
        Assert.DoesNotContain('@', ringing.To.Tag!); // a tag is a token
        Assert.True(_call.Sip.Tags.TryRead(ringing.To.Tag, out var tenant, out _, out _));
        Assert.Equal(TenantId.Platform, tenant);
    }

    [Theory]
    [InlineData(null)] // a late offer: nobody knows yet where the audio goes
    [InlineData("alice:sendonly")]
    [InlineData("alice:inactive")]
    public void Who_cannot_hear_it_is_refused_at_once(string? sdp)
    {
        _call.Dial("77", sdp: sdp);
        Assert.Equal(404, _call.Response(404).Status);
        Assert.Equal(CallPhase.Over, _call.Call.Phase);
    }

    [Fact]
    public void Without_the_prompt_or_for_another_reason_the_caller_is_refused_at_once()
    {
        _call.Dial("701234567"); // premium
        Assert.DoesNotContain(_call.AllEffects.OfType<CallEffect.Respond>(), sent => sent.Response.Status == 183);

        var mute = new CallTable(1);
        mute.Dial("77");
        Assert.Equal(404, mute.Response(404).Status);
    }

    [Fact]
    public void A_caller_who_hangs_up_meanwhile_dialled_what_is_no_number_all_the_same()
    {
        _call.Dial("77");
        _call.Take(new CallCommand.Cancel(new("t-invite"), CallTable.Invite("77")));
        Assert.Equal(487, _call.Response(487).Status);
        var cdr = Assert.IsType<CallEvent.Ended>(_call.Events[^1]).Cdr;
        Assert.Equal(("no-such-number", "no-such-number", "cancelled"), (cdr.Disposition, cdr.Cause.Code, Assert.Single(cdr.Legs).Cause.Code));
    }

    [Fact]
    public void A_prompt_that_never_ends_ends_all_the_same()
    {
        _call.Dial("77");
        _call.Take(Assert.Single(_call.Done<CallEffect.StartTimer>(), timer => timer.Name == "announcement").Command);
        Assert.Equal(404, _call.Response(404).Status);
    }

    [Fact]
    public void After_a_restart_it_is_heard_from_its_beginning_and_the_refusal_follows()
    {
        _call.Dial("77");
        _call.Restart();
        Assert.Equal(_prompt, Heard());
        Assert.Contains(_call.Done<CallEffect.StartTimer>(), timer => timer.Name == "announcement");
        PromptEnds();
        Assert.Equal(404, _call.Response(404).Status);
    }

    [Fact]
    public void A_forward_to_a_number_that_is_gone_is_told_after_the_ringing()
    {
        var extension = _call.Tenant.Extensions[ExtensionNumber.Parse("11")];
        var gone = new DialledNumber.Internal(ExtensionNumber.Parse("77"));
        _call.Tenant = _call.Tenant with { Extensions = _call.Tenant.Extensions.SetItem(extension.Number, extension with { Forwards = new(Busy: gone) }) };
        _call.Dial("11");
        _call.Answer(1, 180);
        _call.Answer(1, 486);
        Assert.Equal(_prompt, Heard());
        PromptEnds();
        Assert.Equal(404, _call.Response(404).Status);
    }

    void PromptEnds() => _call.Take(new CallCommand.Media(new MediaEvent.PlayEnded(new StreamId(_call.Call.Legs[0].Media!.Stream), new PlayId(1), true)));

    PlaySource? Heard() => Plan().Single(plan => plan.Stream.Value == _call.Call.Legs[0].Media!.Stream).Playing;

    ImmutableArray<StreamPlan> Plan() => MediaPlan.For(_call.Call, null, false, _music, _call.Call.Announcement is { } heard ? _call.Prompts[heard.Prompt] : null);
}
