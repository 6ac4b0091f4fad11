using TeleCube.Actors.Announcements;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Tests.Queues;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>Do-not-disturb and forwards by code (PRODUCT §11), by the same rules as over the API.</summary>
public sealed class SettingCodeTests
{
    static readonly ExtensionNumber _ten = ExtensionNumber.Parse("10"), _queue = ExtensionNumber.Parse("1000");
    static readonly ConsultantId _consultant = ConsultantId.Of(_ten);

    readonly CallTable _call = new();

    [Theory]
    [InlineData("*21*11#", ForwardCase.Unconditional, "11")]
    [InlineData("*21*11", ForwardCase.Unconditional, "11")] // the phone kept the last key
    [InlineData("*61*501222333#", ForwardCase.NoAnswer, "+48501222333")]
    [InlineData("*62*+48501222333#", ForwardCase.Unreachable, "+48501222333")]
    [InlineData("*67*12#", ForwardCase.Busy, "12")]
    [InlineData("#21#", ForwardCase.Unconditional, null)]
    [InlineData("#61#", ForwardCase.NoAnswer, null)]
    [InlineData("#62#", ForwardCase.Unreachable, null)]
    [InlineData("#67", ForwardCase.Busy, null)]
    public void A_forward_is_set_and_taken_back(string dialled, ForwardCase which, string? target)
    {
        _call.Dial(dialled.Replace("#", "%23", StringComparison.Ordinal));
        Assert.Equal(new TenantCommand.SetForward(_ten, which, target is null ? null : Dialled(target)), Asked());
        Assert.Equal(SoundId.OfPrompt(target is null ? "forward-off" : "forward-on"), Heard());
    }

    [Theory]
    [InlineData(false, "do-not-disturb-on", "*3")]
    [InlineData(true, "do-not-disturb-off", "*3")]
    [InlineData(false, "do-not-disturb-on", "*3%23")] // the phone's own last key
    public void Do_not_disturb_is_toggled(bool before, string prompt, string dialled)
    {
        Set(own => own with { DoNotDisturb = before });
        _call.Dial(dialled);
        Assert.Equal(new TenantCommand.SetDoNotDisturb(_ten, !before), Asked());
        Assert.Equal(SoundId.OfPrompt(prompt), Heard());
    }

    [Theory]
    [InlineData("*9")]
    [InlineData("*9%23")]
    public void The_own_messages_are_found_with_and_without_the_phones_last_key(string dialled)
    {
        _call.Dial(dialled);
        Assert.Equal("voicemail", _call.Call.Scheme!.Scheme.Value);
    }

    [Theory]
    [InlineData("*21*10#")] // itself
    [InlineData("*21*99#")] // there is no such extension
    [InlineData("*21*112#")]
    [InlineData("*21*701234567#")] // premium is off
    public void What_the_rules_refuse_changes_nothing_and_the_phone_is_told(string dialled)
    {
        _call.Dial(dialled.Replace("#", "%23", StringComparison.Ordinal));
        Assert.Equal(403, _call.Response(403).Status);
        Assert.Empty(Told());
    }

    [Theory]
    [InlineData("*21#")]
    [InlineData("*21*#")]
    [InlineData("#21*11#")]
    [InlineData("#22#")]
    [InlineData("*22*11#")]
    public void What_is_no_code_is_no_number(string dialled)
    {
        _call.Dial(dialled.Replace("#", "%23", StringComparison.Ordinal));
        Assert.Equal(404, _call.Response(404).Status);
    }

    [Fact]
    public void A_suspended_company_sets_nothing()
    {
        _call.Tenant = _call.Tenant with { Status = TenantStatus.Suspended };
        _call.Dial("*3");
        Assert.Equal(403, _call.Response(403).Status);
        Assert.Empty(Told());
    }

    [Fact]
    public void A_code_goes_before_an_external_numbers_digits_and_hides_no_number_of_it()
    {
        Assert.True(SettingCode.TryRead("*67*501222333#", _call.Tenant, _call.Tenant.Extensions[_ten], out var code));
        Assert.DoesNotContain("501222333", code.Meaning, StringComparison.Ordinal);
        Assert.False(ExternalCode.IsOne("*67*501222333#"));
    }

    [Theory]
    [InlineData("*3", "set-do-not-disturb")]
    [InlineData("*21*501222333#", "set-forward")]
    public void A_setting_is_audited_in_the_transaction_that_makes_it(string dialled, string action)
    {
        _call.Dial(dialled.Replace("#", "%23", StringComparison.Ordinal));
        var entry = AuditLog.Read(Assert.IsType<StoreWrite.Upsert>(Assert.Single(Assert.Single(Told()).Rows)).Json);
        Assert.Equal((action, "extensions", "10", "SIP"), (entry.Action, entry.Resource, entry.ResourceId, entry.Verb));
        Assert.Equal(new AuditActor(AuditActorKind.Phone, "10"), entry.Actor);
        Assert.Equal((CallTable.Company.Value, _call.Call.Id.Value, "127.0.0.2"), (entry.Tenant, entry.RequestId, entry.Address));
    }

    [Theory]
    [InlineData("*3")]
    [InlineData("*21*501222333#")]
    [InlineData("#21#")]
    public void What_a_restart_interrupted_is_set_after_it_and_twice_is_as_once(string dialled)
    {
        _call.Dial(dialled.Replace("#", "%23", StringComparison.Ordinal));
        Set(own => own with { DoNotDisturb = true }); // the tenant had heard it
        _call.Restart();
        var told = Told().ToList();
        Assert.Equal(2, told.Count);
        Assert.Equal(told[0].Command, told[1].Command);
        Assert.Equal(Assert.IsType<StoreWrite.Upsert>(told[0].Rows[0]).Json, Assert.IsType<StoreWrite.Upsert>(told[1].Rows[0]).Json);
    }

    [Theory]
    [InlineData("1000*1", true, "agent-logged-in")]
    [InlineData("1000*2", false, "agent-logged-out")]
    public void An_extension_logs_in_to_a_queue_and_out(string dialled, bool isIn, string prompt)
    {
        AddQueue();
        _call.Dial(dialled);
        _call.Restart();
        var told = _call.AllEffects.OfType<CallEffect.Tell>().Where(effect => effect.To == DistributorEntity.Of(CallTable.Company)).Select(effect => Assert.IsType<Recorded>(effect.Message)).ToList();
        Assert.Equal(2, told.Count); // once more after the restart
        Assert.All(told, recorded => Assert.Equal(isIn ? new DistributorCommand.LogIn(_queue, _consultant) : (DistributorCommand)new DistributorCommand.LogOut(_queue, _consultant), recorded.Command));
        var entry = AuditLog.Read(Assert.IsType<StoreWrite.Upsert>(Assert.Single(told[0].Rows)).Json);
        Assert.Equal((isIn ? "log-in-agent" : "log-out-agent", "queues", "1000/10"), (entry.Action, entry.Resource, entry.ResourceId));
        Assert.Equal(SoundId.OfPrompt(prompt), Heard());
    }

    [Fact]
    public void Nothing_is_confirmed_before_it_is_done()
    {
        AddQueue();
        _call.Dial("1000*1");
        Assert.Null(_call.Call.Scheme);
        Assert.DoesNotContain(_call.AllEffects.OfType<CallEffect.Respond>(), effect => effect.Response.Status == 200);
        Assert.Equal(SoundId.OfPrompt("agent-logged-in"), Heard());
        var moved = _call.Call;
        _call.Take(new CallCommand.SettingSaid(new Rejection("quarantined"))); // told again after a restart, it is answered again
        Assert.Equal(moved.Scheme, _call.Call.Scheme);
    }

    [Theory]
    [InlineData("1000*1", "agent-refused")]
    [InlineData("*3", null)]
    public void What_could_not_be_done_is_not_confirmed(string dialled, string? prompt)
    {
        AddQueue();
        _call.Dial(dialled);
        _call.Take(new CallCommand.SettingSaid(new Rejection("storage-unavailable")));
        if (prompt is null) Assert.Equal((503, "storage-unavailable"), (_call.Response(503).Status, _call.Call.Cause!.Code));
        else Assert.Equal(SoundId.OfPrompt(prompt), Heard());
    }

    [Fact]
    public void Who_does_not_answer_is_not_waited_for_without_end()
    {
        AddQueue();
        _call.Dial("1000*1");
        var timer = Assert.Single(_call.AllEffects.OfType<CallEffect.StartTimer>(), effect => effect.Command is CallCommand.SettingSaid);
        Assert.Equal(TimeSpan.FromSeconds(10), timer.After);
        _call.Take(timer.Command);
        Assert.Equal(SoundId.OfPrompt("agent-refused"), Heard());
    }

    [Fact]
    public void A_code_that_was_answered_is_not_said_again_and_undoes_no_later_one()
    {
        AddQueue();
        var distributor = new QueueTable(queue => queue with { Consultants = [new(_consultant)] });
        _call.Dial("1000*2");
        Says(_call);
        _call.Take(new CallCommand.SettingSaid(null));
        Assert.Contains(_consultant, distributor.Queue.LoggedOut);

        var later = new CallTable { Tenant = _call.Tenant };
        later.Dial("1000*1");
        Says(later);
        Assert.Empty(distributor.Queue.LoggedOut);

        _call.Restart(); // its phone has not hung up yet
        Says(_call);
        Assert.Empty(distributor.Queue.LoggedOut);

        void Says(CallTable call)
        {
            foreach (var tell in call.Done<CallEffect.Tell>().Where(tell => tell.To == DistributorEntity.Of(CallTable.Company)))
                distributor.Says((DistributorCommand)((Recorded)tell.Message).Command);
        }
    }

    [Theory]
    [InlineData("1001*1")]
    [InlineData("1001*2")]
    public void A_queue_that_is_not_there_refuses_with_a_prompt(string dialled)
    {
        AddQueue();
        _call.Dial(dialled);
        Assert.Equal(SoundId.OfPrompt("agent-refused"), Heard());
        Assert.DoesNotContain(_call.AllEffects.OfType<CallEffect.Tell>(), told => told.Message is Recorded);
    }

    [Theory]
    [InlineData("1000*3")]
    [InlineData("1000*")]
    [InlineData("10000*1")]
    public void What_is_no_code_of_a_queue_is_no_number(string dialled)
    {
        AddQueue();
        _call.Dial(dialled);
        Assert.Equal(404, _call.Response(404).Status);
    }

    [Theory]
    [InlineData("*7", "night", false, "switch-night")] // the one without digits
    [InlineData("*7", "night", true, "switch-day")]
    [InlineData("*71", "lunch", false, "switch-night")]
    public void A_switch_is_turned_by_its_code(string dialled, string id, bool before, string prompt)
    {
        AddSwitch("night", "", before);
        AddSwitch("lunch", "1", before);
        AddSwitch("office", null, before);
        _call.Dial(dialled);
        Assert.Equal(new TenantCommand.SetSwitch(new(id), !before), Asked());
        Assert.Equal(SoundId.OfPrompt(prompt), Heard());
        var entry = AuditLog.Read(Assert.IsType<StoreWrite.Upsert>(Assert.Single(Assert.Single(Told()).Rows)).Json);
        Assert.Equal(("set-switch", "switches", id), (entry.Action, entry.Resource, entry.ResourceId));
    }

    [Fact]
    public void A_restart_turns_a_switch_as_it_was_asked_and_not_back()
    {
        AddSwitch("night", "", false);
        _call.Dial("*7");
        AddSwitch("night", "", true); // the tenant had heard it
        _call.Restart();
        Assert.All(Told(), recorded => Assert.Equal(new TenantCommand.SetSwitch(new("night"), true), recorded.Command));
        Assert.Equal(2, Told().Count());
    }

    [Fact]
    public void The_only_switch_that_phones_can_turn_needs_no_code()
    {
        AddSwitch("lunch", "1", false);
        AddSwitch("office", null, false);
        _call.Dial("*7");
        Assert.Equal(new TenantCommand.SetSwitch(new("lunch"), true), Asked());
    }

    [Theory]
    [InlineData("*7")]
    [InlineData("*72")]
    public void A_switch_that_is_not_there_or_not_clear_is_not_turned(string dialled)
    {
        AddSwitch("lunch", "1", false);
        AddSwitch("office", "3", false);
        _call.Dial(dialled);
        Assert.Equal(404, _call.Response(404).Status);
        Assert.Empty(Told());
    }

    [Fact]
    public void A_code_within_a_take_over_sets_nothing()
    {
        _call.Dial("*3", extra: "Replaces: another@pbx.test;to-tag=a;from-tag=b\r\n");
        Assert.Empty(Told());
    }

    void AddQueue() => _call.Tenant = _call.Tenant with { Queues = _call.Tenant.Queues.Add(_queue, new Queue(_queue)) };

    void AddSwitch(string id, string? code, bool on) =>
        _call.Tenant = _call.Tenant with { Switches = _call.Tenant.Switches.SetItem(new(id), new ManualSwitch(new(id)) { Code = code, On = on }) };

    TenantCommand Asked() => Assert.IsAssignableFrom<TenantCommand>(Assert.Single(Told()).Command);

    IEnumerable<Recorded> Told() =>
        _call.AllEffects.OfType<CallEffect.Tell>().Where(told => told.To == EntityKinds.Tenant(CallTable.Company)).Select(told => Assert.IsType<Recorded>(told.Message));

    /// <summary>The caller is answered, hears one sound, and is then hung up on.</summary>
    SoundId Heard()
    {
        if (_call.Call is { Setting: not null, Step: 0 }) _call.Take(new CallCommand.SettingSaid(null));
        Assert.Equal(200, _call.Response(200).Status);
        return Assert.Single(Assert.IsType<SchemeWait.Playing>(_call.Call.Scheme?.Wait).Sounds);
    }

    void Set(Func<Extension, Extension> change) =>
        _call.Tenant = _call.Tenant with { Extensions = _call.Tenant.Extensions.SetItem(_ten, change(_call.Tenant.Extensions[_ten])) };

    static DialledNumber Dialled(string text) => DialledNumber.TryParse(text, out var number) ? number : throw new ArgumentException($"no number: {text}", nameof(text));
}
