using System.Globalization;
using System.Text.Json;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Nodes;
using Xunit.Abstractions;

namespace TeleCube.Scenarios.Tests.Recovery;

/// <summary>
/// kill -9 in the middle of fifty calls, and a start on the same data (docs: "Recovery of a call"). TELECUBE_TEST_KILLS says how often; 10 is the full run.
/// </summary>
[Collection(Alone.Name)]
public sealed class RecoveryTests(ITestOutputHelper output)
{
    const string Configuration = "telecube.node.demo = on\ntelecube.sip.authentication.algorithms = [md5]\ntelecube.sip.ban.exempt = [\"127.0.0.0/8\"]";
    const int Talking = 35;
    const int OnHold = 5;
    const int Ringing = 10;
    const int Leaving = 5;

    static readonly string[] _callers = ["10", "11", "12"];
    static readonly string[] _callees = ["13", "14", "15"];

    readonly List<FarmTalk> _all = [];
    int _dialled;

    static int Kills => int.TryParse(Environment.GetEnvironmentVariable("TELECUBE_TEST_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : 2;

    /// <summary>What is promised is asserted by the full run, on a machine that does nothing else; elsewhere the figure is printed and a stalled disk fails nothing.</summary>
    static TimeSpan AudioWithin => Kills >= 10 ? TimeSpan.FromSeconds(3) : FarmTalk.Guard;

    [Fact]
    public Task Calls_survive_kill_minus_nine_and_none_is_stuck() => Survive(Kills, null);

    [Fact]
    public async Task Calls_survive_kill_minus_nine_on_PostgreSQL_too()
    {
        await using var postgres = await ThrowawayPostgres.Start();
        await Survive(kills: 1, await postgres.CreateDatabase());
    }

    async Task Survive(int kills, string? postgres)
    {
        await using var node = postgres is null
            ? await RunningNode.Start(Configuration)
            : await RunningNode.Start($"{Configuration}\ntelecube.storage.provider = postgresql", new Dictionary<string, string> { ["TELECUBE_STORAGE_CONNECTION_STRING"] = postgres });
        await using var farm = await PhoneFarm.Register(node.Sip, [.. _callers, .. _callees, "16"]);
        var file = new ExchangeFile(node, postgres);
        try
        {
            for (var round = 1; round <= kills; round++) await KillOnce(node, farm, file, round);
            await Task.WhenAll(Up().Select(talk => talk.End()));
            await file.NothingIsLeft();
            Check(file);
        }
        catch (Exception problem)
        {
            await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "recovery-ladder.txt"), $"{problem}\n{farm.Ladder}\n\n{node.Process.Output}");
            throw;
        }
    }

    async Task KillOnce(RunningNode node, PhoneFarm farm, ExchangeFile file, int round)
    {
        while (Up().Count() < Talking + OnHold + Leaving) await (await Dial(farm)).Answer();
        await Task.WhenAll(Up().Select(talk => talk.BothHear()));
        await Task.WhenAll(Up().Take(OnHold).Select(talk => talk.Caller.Hold()));
        var ringing = new List<FarmTalk>();
        while (ringing.Count < Ringing) ringing.Add(await Dial(farm));

        // Acknowledged before the kill, and in doubt: their BYEs are under way when it comes.
        await Task.WhenAll(Up().TakeLast(3).Select(talk => talk.End()));
        var acknowledged = _all.Where(talk => talk.Ended is not null).ToList();
        var doubtful = Up().TakeLast(2).ToList();
        var ends = doubtful.Select(talk => talk.End()).ToList();
        var up = Up().Except(doubtful).ToList();
        var reinvited = up.SelectMany(talk => new[] { talk.Caller, talk.Callee }).ToDictionary(call => call, call => call.NextReinvite());

        await node.Kill();
        // The phones don't know: two are picked up and two are given up while nobody listens.
        var concluded = ringing.Take(4).Select((talk, index) => Conclude(talk, index % 2)).ToList();
        await node.StartAgain();
        var ready = DateTimeOffset.UtcNow;
        var heard = up.Where(talk => !talk.Held).Select(talk => talk.BothHear()).ToList();

        var missing = acknowledged.Select(talk => talk.Id).Except(file.Cdrs().Keys).ToList();
        Assert.True(missing.Count == 0, $"round {round}: CDRs were lost: {string.Join(' ', missing)}");
        var slowestInvite = await LastReinvite(reinvited, farm, node) - ready;
        var slowestAudio = (await Task.WhenAll(heard).WaitAsync(FarmTalk.Guard)).Max() - ready;
        output.WriteLine($"round {round}: {up.Count} calls went on, last re-INVITE {slowestInvite.TotalMilliseconds:0} ms and last audio {slowestAudio.TotalMilliseconds:0} ms after ready");
        Assert.InRange(slowestInvite, TimeSpan.MinValue, AudioWithin);
        Assert.InRange(slowestAudio, TimeSpan.MinValue, AudioWithin);

        await Task.WhenAll(ends);
        await Task.WhenAll([.. concluded, .. ringing.Skip(4).Select((talk, index) => Conclude(talk, index % 3))]);
        await Task.WhenAll(up.Where(talk => talk.Held).Select(Resume));
        await Use(farm, up.Where(talk => talk.Ended is null).Take(12).ToList());
    }

    /// <summary>The time of the last re-INVITE; when one does not come, what its phone saw and what the exchange wrote of that call.</summary>
    static async Task<DateTimeOffset> LastReinvite(Dictionary<FarmCall, Task<DateTimeOffset>> reinvited, PhoneFarm farm, RunningNode node)
    {
        try
        {
            return (await Task.WhenAll(reinvited.Values).WaitAsync(FarmTalk.Guard)).Max();
        }
        catch (TimeoutException)
        {
            var forgotten = reinvited.Where(call => !call.Value.IsCompleted).Select(call => call.Key).ToList();
            var first = forgotten[0];
            var seen = farm.Ladder.Split('\n').Where(line => line.EndsWith(first.CallId, StringComparison.Ordinal));
            var written = node.Process.Output.Split('\n').Where(line => line.Contains(first.Id, StringComparison.Ordinal)).TakeLast(20);
            throw new TimeoutException($"no re-INVITE came to {forgotten.Count} of {reinvited.Count} legs, the first {first}:\n{string.Join('\n', seen)}\nThe exchange wrote:\n{string.Join('\n', written)}");
        }
    }

    /// <summary>The ringing calls: some are answered, some given up by the caller, some refused by the phone.</summary>
    static async Task Conclude(FarmTalk talk, int how)
    {
        var from = DateTimeOffset.UtcNow;
        switch (how)
        {
            case 0:
                await talk.Answer();
                await talk.BothHear();
                return;
            case 1:
                await talk.Caller.Cancel().WaitAsync(FarmTalk.Guard);
                Assert.Equal(487, (await talk.Caller.Final.WaitAsync(FarmTalk.Guard)).Status);
                await talk.Callee.Over.WaitAsync(FarmTalk.Guard);
                talk.Causes = ["cancelled"];
                break;
            default:
                talk.Callee.Refuse(486);
                Assert.Equal(486, (await talk.Caller.Final.WaitAsync(FarmTalk.Guard)).Status);
                talk.Causes = ["busy"];
                break;
        }

        talk.IsOver(from);
    }

    static async Task Resume(FarmTalk talk)
    {
        await talk.Caller.Resume().WaitAsync(FarmTalk.Guard);
        await talk.BothHear();
    }

    /// <summary>A recovered call is as good as any: hold, keys, transfer, and the end from either side.</summary>
    static async Task Use(PhoneFarm farm, IReadOnlyList<FarmTalk> talks)
    {
        foreach (var talk in talks.Take(3))
        {
            await talk.Callee.Hold().WaitAsync(FarmTalk.Guard);
            await talk.Callee.Resume().WaitAsync(FarmTalk.Guard);
            await talk.BothHear();
        }

        foreach (var talk in talks.Skip(3).Take(3))
        {
            var (there, back) = (talk.Callee.Audio.HearKey(), talk.Caller.Audio.HearKey());
            talk.Caller.Audio.Press(5);
            talk.Callee.Audio.Press(9);
            Assert.Equal((5, 9), (await there.WaitAsync(FarmTalk.Guard), await back.WaitAsync(FarmTalk.Guard)));
        }

        foreach (var talk in talks.Skip(6).Take(2)) await Transfer(farm, talk);
        await Task.WhenAll(talks.Skip(8).Select((talk, index) => talk.End(byCallee: index % 2 == 0)));
    }

    /// <summary>The caller sends the other party to extension 16 and leaves.</summary>
    static async Task Transfer(PhoneFarm farm, FarmTalk talk)
    {
        var outcome = talk.Caller.Refer("16");
        using var guard = new CancellationTokenSource(FarmTalk.Guard);
        var target = await farm["16"].Incoming(guard.Token);
        target.Answer();
        Assert.Equal("SIP/2.0 200 OK", await outcome.WaitAsync(FarmTalk.Guard));
        await talk.Caller.Bye().WaitAsync(FarmTalk.Guard);
        await Task.WhenAll(target.Audio.Hear(talk.Callee.Audio.Hz), talk.Callee.Audio.Hear(target.Audio.Hz)).WaitAsync(FarmTalk.Guard);

        var (from, over) = (DateTimeOffset.UtcNow, talk.Callee.Over);
        await target.Bye().WaitAsync(FarmTalk.Guard);
        await over.WaitAsync(FarmTalk.Guard);
        talk.Causes = ["hung-up"];
        talk.IsOver(from);
    }

    async Task<FarmTalk> Dial(PhoneFarm farm)
    {
        var number = _dialled++;
        var talk = await FarmTalk.Ring(farm[_callers[number % _callers.Length]], farm[_callees[number / _callers.Length % _callees.Length]], 400 + 50 * (number % 10));
        _all.Add(talk);
        return talk;
    }

    IEnumerable<FarmTalk> Up() => _all.Where(talk => talk is { Answered: not null, Ended: null });

    void Check(ExchangeFile file)
    {
        var cdrs = file.Cdrs();
        var ended = file.Events("call.ended");
        Assert.Equal(_all.Select(talk => talk.Id).Order(StringComparer.Ordinal), cdrs.Keys.Order(StringComparer.Ordinal));
        foreach (var talk in _all)
        {
            var cdr = cdrs[talk.Id];
            Assert.Equal(1, ended[talk.Id]);
            var cause = cdr.GetProperty("cause").GetProperty("code").GetString()!;
            Assert.True(talk.Causes.Contains(cause), $"{talk.Caller} ended by {cause}, not {string.Join(" or ", talk.Causes)}");
            CheckDuration(talk, cdr);
        }

        output.WriteLine($"{_all.Count} calls, {cdrs.Count} CDRs");
    }

    static void CheckDuration(FarmTalk talk, JsonElement cdr)
    {
        var seconds = cdr.GetProperty("durationSeconds").GetInt32();
        if (talk.Answered is not { } answered)
        {
            Assert.Equal(0, seconds);
            return;
        }

        // The exchange counts from when the answer came in until the end came in, whatever it had to do meanwhile.
        var (from, to) = talk.Ended!.Value;
        Assert.InRange(seconds, (from - answered.To).TotalSeconds - 1, (to - answered.From).TotalSeconds + 1);
    }
}
