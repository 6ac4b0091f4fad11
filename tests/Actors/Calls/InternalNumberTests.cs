using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>The company's own 2 to 4 digits: dialled, forwarded to, transferred to and led to by a number, a queue and a group are as good as an extension (PRODUCT §11).</summary>
public sealed class InternalNumberTests
{
    static readonly E164 _infoline = E164.Parse("+48943401128");
    static readonly ExtensionNumber _queue = ExtensionNumber.Parse("1000"), _group = ExtensionNumber.Parse("20");

    readonly CallTable _call = new();

    public InternalNumberTests()
    {
        _call.AddExtension("13");
        _call.Tenant = _call.Tenant with
        {
            Queues = _call.Tenant.Queues.Add(_queue, new Queue(_queue) { Name = "Obsługa", Consultants = [new(ConsultantId.Parse("11"))] }),
            RingGroups = _call.Tenant.RingGroups.Add(_group, new RingGroup(_group) { Name = "Biuro", Members = [Number("10"), Number("11"), Number("12")], RingSeconds = 20, Rounds = 1 }),
        };
    }

    [Fact]
    public void An_extension_that_dials_a_group_rings_the_others_of_it()
    {
        _call.Dial("20");
        Assert.Equal(["11", "12"], Ringing());
        _call.Answer(1, 200, "bob");
        Assert.Equal(new Pair(0, 1), _call.Call.Talk);
    }

    [Fact]
    public void A_group_of_which_nobody_answers_ends_the_call()
    {
        _call.Dial("20");
        _call.Answer(1, 180);
        _call.Take(new CallCommand.GiveUpRinging(_call.Call.Step));
        Assert.Equal("no-answer", _call.Call.Cause!.Code);
    }

    [Fact]
    public void A_group_in_order_rings_one_after_the_other()
    {
        _call.Tenant = _call.Tenant with { RingGroups = _call.Tenant.RingGroups.SetItem(_group, _call.Tenant.RingGroups[_group] with { Strategy = RingStrategy.InOrder }) };
        _call.Dial("20");
        Assert.Equal(["11"], Ringing());
        _call.Answer(1, 486);
        Assert.Equal(["12"], Ringing());
    }

    [Fact]
    public void Whoever_dials_a_queue_enters_it()
    {
        var route = _call.World.Plan.FromExtension(_call.Tenant, _call.Tenant.Extensions[Number("10")], "1000", "c1");
        Assert.Equal(_queue, QueueOf(route.Next));
    }

    [Fact]
    public void A_number_leads_to_a_queue_with_its_prefix_before_the_caller()
    {
        var route = _call.World.Plan.FromTrunk(_call.Tenant, new(_infoline) { ForwardTo = new ForwardTarget.ToQueue(_queue), ClipPrefix = "Infolinia" }, new("+48600100200", null), "c1");
        Assert.Equal(_queue, QueueOf(route.Next));
        Assert.Equal("Infolinia +48600100200", ((RouteStep.RunScheme)route.Next).Start.Caller.Name);
    }

    [Fact]
    public void A_number_leads_to_a_group()
    {
        _call.Phones["10"] = 1;
        _call.Tenant = _call.Tenant with { PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(_infoline, new(_infoline) { ForwardTo = new ForwardTarget.ToRingGroup(_group) }) };
        _call.Dial(_infoline.Value, new CallOrigin.Trunk("first", _infoline, "+48601234567", null));
        Assert.Equal(["10", "11", "12"], Ringing());
    }

    [Fact]
    public void What_a_number_leads_to_may_be_gone() => Assert.Equal(EndCause.NoSuchNumber, Assert.IsType<RouteStep.Refuse>(
        _call.World.Plan.FromTrunk(_call.Tenant, new(_infoline) { ForwardTo = new ForwardTarget.ToQueue(_group) }, new("+48600100200", null), "c1").Next).Cause);

    [Fact]
    public void An_extension_forwards_to_a_group_and_to_a_queue()
    {
        Forwards("13", new(Busy: Internal(_group), Unconditional: null, NoAnswer: Internal(_queue)));
        _call.Dial("13");
        _call.Answer(1, 486);
        Assert.Equal(["11", "12"], Ringing());
        Assert.Equal(_queue, QueueOf(_call.World.Plan.AfterRinging(_call.Tenant, Number("13"), new("10", null), EndCause.NoAnswer, "c1").Next));
    }

    [Fact]
    public void An_ordered_call_whose_extension_forwards_to_a_queue_has_nobody_who_could_wait()
    {
        Forwards("13", new(NoAnswer: Internal(_queue)));
        _call.Take(new CallCommand.Order(CallTable.Company, "13", "501222333"));
        _call.Answer(0, 180);
        _call.Take(new CallCommand.GiveUpRinging(_call.Call.Step));
        Assert.Equal("not-taken-by-orderer", _call.Call.Cause!.Code);
    }

    [Fact]
    public void A_transfer_to_a_group_is_done_when_somebody_answers()
    {
        Talk();
        _call.FromCallee(1, "REFER", 1, extra: "Refer-To: <sip:20@pbx.test>\r\n");
        Assert.Equal(["12"], Ringing()); // 11 talks: it has no call waiting
        _call.Answer(2, 200, "carol");
        Assert.Equal(new Pair(0, 2), _call.Call.Talk);
        Assert.Null(_call.Call.Transfer);
    }

    [Fact]
    public void A_transfer_to_a_group_of_which_nobody_answers_leaves_both_talking()
    {
        Talk();
        _call.FromCallee(1, "REFER", 1, extra: "Refer-To: <sip:20@pbx.test>\r\n");
        _call.Answer(2, 486);
        Assert.Equal(new Pair(0, 1), _call.Call.Talk);
        Assert.Null(_call.Call.Transfer);
        Assert.Null(_call.Call.Scheme);
    }

    void Talk()
    {
        _call.Tenant = _call.Tenant with { Extensions = _call.Tenant.Extensions.SetItem(Number("11"), _call.Tenant.Extensions[Number("11")] with { CallWaiting = false }) };
        _call.Dial("11");
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
        _call.BusyExtensions.Add("11");
    }

    void Forwards(string extension, ExtensionForwards forwards) =>
        _call.Tenant = _call.Tenant with { Extensions = _call.Tenant.Extensions.SetItem(Number(extension), _call.Tenant.Extensions[Number(extension)] with { Forwards = forwards }) };

    IEnumerable<string> Ringing() => _call.Call.Legs.Where(leg => leg is { Live: true, Up: false, Role: LegRole.Uac }).Select(leg => ((Party.Phone)leg.Party).Extension);

    static ExtensionNumber QueueOf(RouteStep step) =>
        Assert.IsType<QueueElement>(Assert.Single(Assert.IsType<RouteStep.RunScheme>(step).Start.Inline!.Elements)).Queue;

    static DialledNumber.Internal Internal(ExtensionNumber number) => new(number);

    static ExtensionNumber Number(string text) => ExtensionNumber.Parse(text);
}
