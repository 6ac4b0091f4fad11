using System.Collections.Immutable;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Schemes.Lint;
using TeleCube.Actors.Schemes.Simulation;
using static TeleCube.Actors.Tests.Schemes.SchemeTable;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>A caller in a queue as the element, lint and the simulation see it.</summary>
public sealed class QueueElementTests
{
    static readonly ExtensionNumber _number = ExtensionNumber.Parse("1000");

    static readonly QueueElement _element = new()
    {
        Id = new("support"),
        Queue = _number,
        Exits = To(("timeout", "late"), ("full", "full"), ("noConsultants", "nobody"), ("key", "menu")),
    };

    static readonly Queue _queue = new(_number)
    {
        Name = "Obsługa",
        Consultants = [Linked("11"), Linked("12") with { Skills = ["english"] }, new(ConsultantId.Of(Office.Id)) { PressOne = true }],
        MaxWait = TimeSpan.FromMinutes(5),
        ExitKey = '9',
        CallBackKey = '1',
    };

    readonly SchemeTable _table = Table(_queue);

    [Fact]
    public void Who_comes_joins_with_the_skill_that_is_asked_for()
    {
        var join = Assert.IsType<ElementStep.Join>(_table.Enter(_element with { Skill = "english" }));
        Assert.Equal((_number, "english"), (join.Queue, join.Skill));
    }

    [Theory]
    [InlineData(QueueExit.Timeout, "timeout")]
    [InlineData(QueueExit.Full, "full")]
    [InlineData(QueueExit.NoConsultants, "noConsultants")]
    [InlineData(QueueExit.Gone, "noConsultants")]
    [InlineData(QueueExit.Key, "key")]
    public void Who_comes_out_of_the_queue_takes_the_exit_of_that_name(QueueExit why, string exit) =>
        Assert.Equal(exit, Assert.IsType<ElementStep.Leave>(Hear(_element, new ElementNews.LeftQueue(why))).Exit);

    [Theory]
    [InlineData(QueueExit.Full, "prompt/queue-full", "busy")]
    [InlineData(QueueExit.NoConsultants, "prompt/no-agents", "unreachable")]
    public void Whom_the_queue_does_not_take_and_nothing_else_does_is_told_why_before_the_call_ends(QueueExit why, string heard, string cause)
    {
        var alone = _element with { Exits = To() };
        var told = Assert.IsType<ElementStep.Play>(Hear(alone, new ElementNews.LeftQueue(why)));
        Assert.Equal([heard], told.Sounds.Select(sound => sound.Value));
        foreach (var key in "159")
            Assert.Equal(told.Memory, Assert.IsType<ElementStep.Stay>(alone.Next(told.Memory, new ElementNews.Key(key), _table.Context)).Memory);
        Assert.Equal(cause, Assert.IsType<ElementStep.Leave>(alone.Next(told.Memory, new ElementNews.Played(), _table.Context)).Otherwise!.Code);

        var run = Run(_table, alone, "", ("1000", why is QueueExit.Full ? Callee.Busy : Callee.Unreachable));
        Assert.Equal([heard], run.Heard.Select(sound => sound.Value));
        Assert.Equal(cause, Assert.IsType<SimulatedEnd.Ended>(run.End).Cause.Code);
    }

    [Fact]
    public void A_queue_that_is_gone_has_no_consultants() => Assert.Equal("noConsultants", new SchemeTable().ExitOf(_element));

    [Fact]
    public void The_exit_key_leaves_and_the_call_back_key_keeps_the_place()
    {
        Assert.Equal("key", Assert.IsType<ElementStep.Leave>(Hear(_element, new ElementNews.Key('9'))).Exit);
        Assert.IsType<ElementStep.CallBack>(Hear(_element, new ElementNews.Key('1')));
        Assert.IsType<ElementStep.Stay>(Hear(_element, new ElementNews.Key('5')));
    }

    [Fact]
    public void An_exit_key_that_leads_nowhere_hangs_up_on_nobody() => Assert.IsType<ElementStep.Stay>(Hear(_element with { Exits = To() }, new ElementNews.Key('9')));

    [Fact]
    public void Lint_names_a_queue_that_is_not_there_and_a_skill_that_nobody_has()
    {
        Assert.Contains(SchemeLint.Check(Id, Graph(_element with { Exits = To() }), new SchemeTable().Tenant), fault => fault is { Code: "missing-queue", Field: "queue" });
        Assert.Contains(Lint(_element with { Exits = To(), Skill = "french" }), fault => fault is { Code: "missing-skill", Field: "skill" });
        Assert.Contains(Lint(_element with { Exits = To(), Skill = " " }), fault => fault is { Code: "bad-option", Field: "skill" });
        Assert.Empty(Lint(_element with { Exits = To(), Skill = "english" }));
    }

    [Theory]
    [InlineData("timeout", false)]
    [InlineData("key", false)]
    [InlineData("full", true)]
    [InlineData("noConsultants", true)]
    public void A_queue_may_lead_back_to_itself_only_after_a_wait(string exit, bool endless) =>
        Assert.Equal(endless, Lint(_element with { Exits = To((exit, "support")) }).Any(fault => fault.Code == "endless-loop"));

    [Fact]
    public void The_first_consultant_who_can_be_rung_and_answers_ends_it()
    {
        var run = Run(_table, ("11", Callee.Busy), ("12", Callee.NoAnswer));
        Assert.Equal(["12", Office.Number.Value], run.Rings.Select(ring => ring.Whom.Single())); // 11 is busy: not rung at all
        Assert.Equal(Office.Number.Value, Assert.IsType<SimulatedEnd.Answered>(run.End).By);
        Assert.Equal(_queue.RingFor, run.Rings[1].At - run.Rings[0].At);
    }

    [Fact]
    public void Who_needs_a_skill_gets_only_those_who_have_it() =>
        Assert.Equal(["12"], Run(_table, _element with { Skill = "english" }, "", ("12", Callee.NoAnswer)).Rings.Select(ring => ring.Whom.Single()).Distinct());

    [Fact]
    public void Nobody_answering_takes_as_long_as_the_queue_waits()
    {
        var run = Run(_table, ("11", Callee.NoAnswer), ("12", Callee.NoAnswer), ("office", Callee.Unreachable));
        Assert.Equal("late", run.Path[^1].Decision.Element.Value);
        Assert.Equal(_table.Now + TimeSpan.FromSeconds(310), run.Path[^1].At); // rounds of 45 s; who is rung for after five minutes is not sent out before that is over
    }

    [Fact]
    public void All_at_once_ring_together()
    {
        var run = Run(Table(_queue with { Strategy = QueueStrategy.All }), ("11", Callee.NoAnswer), ("12", Callee.NoAnswer));
        Assert.Single(run.Rings.Select(ring => ring.At).Distinct());
        Assert.Equal(["11", "12", Office.Number.Value], run.Rings.SelectMany(ring => ring.Whom));
    }

    [Theory]
    [InlineData(EmptyQueue.Refuse, "nobody")]
    [InlineData(EmptyQueue.Leave, "nobody")]
    [InlineData(EmptyQueue.Wait, "late")]
    public void Without_anybody_logged_in_the_queue_says_what_becomes_of_callers(EmptyQueue whenEmpty, string leadsTo) =>
        Assert.Equal(leadsTo, Run(Table(_queue with { Consultants = [], WhenEmpty = whenEmpty })).Path[^1].Decision.Element.Value);

    [Theory]
    [InlineData(Callee.Busy, "full")]
    [InlineData(Callee.Unreachable, "nobody")]
    [InlineData(Callee.NoAnswer, "late")]
    public void The_simulated_call_may_say_how_the_queue_answers(Callee says, string leadsTo) =>
        Assert.Equal(leadsTo, Run(_table, ("1000", says)).Path[^1].Decision.Element.Value);

    [Fact]
    public void The_keys_that_are_left_are_pressed_while_it_waits()
    {
        Assert.Equal("menu", Run(_table, _element, "59", ("1000", Callee.NoAnswer)).Path[^1].Decision.Element.Value);
        Assert.Equal(EndCause.CallBack, Assert.IsType<SimulatedEnd.Ended>(Run(_table, _element, "1", ("1000", Callee.NoAnswer)).End).Cause);
    }

    [Fact]
    public void Who_has_logged_out_is_not_rung_and_who_has_logged_in_is()
    {
        _table.House.AddExtension("15");
        var state = new QueueState(_number) { LoggedOut = [ConsultantId.Parse("11"), ConsultantId.Parse("12"), ConsultantId.Of(Office.Id)], LoggedIn = [ConsultantId.Parse("15")] };
        var live = DistributorState.Initial with { Queues = DistributorState.Initial.Queues.Add(_number, state) };
        var run = SchemeSimulation.Run(Call(_table, _element, "") with { Queues = live }, _table.Tenant, _table.House, new(TimeSpan.FromSeconds(60), 5));
        Assert.Equal("15", Assert.IsType<SimulatedEnd.Answered>(run.End).By);
    }

    ElementStep Hear(QueueElement element, ElementNews news) => element.Next(ElementMemory.Empty, news, _table.Context);

    ImmutableArray<SchemeFault> Lint(QueueElement element) => SchemeLint.Check(Id, Graph(element), _table.Tenant);

    static LinkedConsultant Linked(string extension) => new(ConsultantId.Parse(extension));

    static SchemeTable Table(Queue queue)
    {
        var table = new SchemeTable();
        table.Tenant = table.Tenant with { Queues = table.Tenant.Queues.Add(queue.Number, queue) };
        return table;
    }

    static SimulatedRun Run(SchemeTable table, params (string Who, Callee Does)[] states) => Run(table, _element, "", states);

    static SimulatedRun Run(SchemeTable table, QueueElement element, string digits, params (string Who, Callee Does)[] states) =>
        SchemeSimulation.Run(Call(table, element, digits, states), table.Tenant, table.House, new(TimeSpan.FromSeconds(60), 5));

    static SimulatedCall Call(SchemeTable table, QueueElement element, string digits, params (string Who, Callee Does)[] states)
    {
        var graph = Graph(element, Hangup("late"), Hangup("full"), Hangup("nobody"), Hangup("menu"));
        return new(new SchemePosition(Id, 0, element.Id, table.Caller) { Inline = graph }, table.Now)
        {
            Dialled = Landline,
            Digits = digits,
            Callees = ImmutableDictionary.CreateRange(states.Select(state => KeyValuePair.Create(state.Who, state.Does))),
        };
    }
}
