using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Lint;
using TeleCube.Actors.Schemes.Simulation;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>Generated schemes: what lint lets through never goes round without a wait, whoever calls, whatever is pressed, and whoever answers.</summary>
public sealed class SchemeWalkProperties
{
    /// <summary>How calls come out of a queue; who is answered in it rings by the call distributor, which is shown elsewhere.</summary>
    static readonly Callee[] _queueSays = [Callee.Busy, Callee.NoAnswer, Callee.Unreachable];

    static readonly DialPlanOptions _options = new(TimeSpan.FromSeconds(60), 5);

    [Fact]
    public void A_scheme_that_lints_never_reaches_the_guard_against_loops()
    {
        var walked = 0;
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).Zip(Gen.Choose(0, int.MaxValue - 1)).ToArbitrary(), seeds =>
        {
            var table = new SchemeTable();
            foreach (var scheme in Enumerable.Range(0, 20).Select(i => RandomSchemes.Of(seeds.Item1 ^ i)).Where(graph => SchemeLint.Check(SchemeTable.Id, graph, table.Tenant).IsEmpty))
            {
                walked++;
                var run = SchemeSimulation.Run(Call(scheme, new Random(seeds.Item2)), table.Tenant, table.House, _options);
                if (run.End is SimulatedEnd.Ended({ Code: "scheme-loop" or "scheme-gone" } cause)) throw new InvalidOperationException($"{cause}: {string.Join(", ", scheme.Elements)}");
            }
        }));
        Assert.True(walked > 20, $"only {walked} schemes got past lint: the generator shows nothing");
    }

    [Fact]
    public void The_guard_is_reached_without_lint() // or the test above shows nothing
    {
        var endless = SchemeTable.Graph(SchemeTable.Extension("sales", "11", ("unavailable", "other")), SchemeTable.Extension("other", "12", ("unavailable", "sales")));
        var call = new SimulatedCall(new SchemePosition(SchemeTable.Id, 1, endless.Start, new("+48600100200", null)) { Inline = endless }, DateTimeOffset.UnixEpoch)
        {
            Callees = ImmutableDictionary<string, Callee>.Empty.Add("11", Callee.Unreachable).Add("12", Callee.Unreachable),
        };
        var table = new SchemeTable();
        Assert.IsType<SimulatedEnd.Unfinished>(SchemeSimulation.Run(call, table.Tenant, table.House, _options).End);
        Assert.Contains(SchemeLint.Check(SchemeTable.Id, endless, table.Tenant), fault => fault.Code == "endless-loop");
    }

    static SimulatedCall Call(SchemeGraph graph, Random random)
    {
        var callees = new[] { "11", "12", "13", "office" }.ToImmutableDictionary(who => who, _ => (Callee)random.Next(5))
            .Add(SchemeTable.Support.Number.Value, _queueSays[random.Next(_queueSays.Length)]);
        var caller = random.Next(3) switch { 0 => "+48600100200", 1 => "+442071234567", _ => null };
        return new SimulatedCall(new SchemePosition(SchemeTable.Id, 1, graph.Start, new(caller, null, caller is null)) { Inline = graph }, DateTimeOffset.UnixEpoch.AddMinutes(random.Next(40_000_000)))
        {
            Dialled = SchemeTable.Landline,
            Digits = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "0123456789*#"[random.Next(12)])),
            Callees = callees,
            Decisions = graph.Elements.Where(_ => random.Next(2) == 0).Select(element => element.Id.Value).Distinct().ToImmutableDictionary(id => id, _ => random.Next(2) == 0 ? "vip" : "other"),
        };
    }
}
