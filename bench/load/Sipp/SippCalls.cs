using System.Globalization;
using System.Net;
using System.Text;
using TeleCube.Load.Targets;

namespace TeleCube.Load.Sipp;

/// <summary>Calls between two SIPp through the target: the callee stays up, each run has a caller of its own.</summary>
sealed class SippCalls : IDisposable
{
    const int CalleeMediaPort = 23000;
    const int CallerMediaPort = 23100;
    static readonly TimeSpan LongestTransaction = TimeSpan.FromSeconds(34); // 64 × T1 and a little

    readonly RunningTarget _running;
    readonly string _home;
    readonly string _injected = Path.GetTempFileName();
    readonly string _plainly = Path.GetTempFileName();
    SippProcess? _callee;

    SippCalls(RunningTarget running, string home)
    {
        _running = running;
        _home = home;
    }

    /// <summary>Whether the target tells what a plain call of it is.</summary>
    public bool HasPlain => Target.PlainDial.Length > 0;

    Target Target => _running.Target;

    /// <summary>Without a callee of SIPp's, somebody else answers and has registered whom the target must know.</summary>
    public static async Task<SippCalls> Open(RunningTarget running, string home, bool withCallee, CancellationToken stop)
    {
        var calls = new SippCalls(running, home);
        try
        {
            var target = running.Target;
            if (withCallee && target.RegistersCallees) await calls.Register(target.Callee, target.CalleeAt, stop);
            if (withCallee && target.RegistersCallers) await calls.Register(target.Caller, target.CallerAt, stop);
            Inject(calls._injected, target, target.CallerAt);
            Inject(calls._plainly, target.Plain, target.CallerAt);
            if (withCallee && !target.Answers) calls._callee = SippProcess.Start(home, "uas", target.Callee, CalleeMediaPort);
            return calls;
        }
        catch
        {
            calls.Dispose();
            throw;
        }
    }

    /// <summary>A second caller at the same time takes another port: `beside` is added to the caller's. A plain call is the target's `plain-dial`.</summary>
    public async Task<SetupRun> Run(double rate, TimeSpan length, TimeSpan hold, CancellationToken stop, int beside = 0, bool plain = false)
    {
        var calls = Math.Max(1, (int)Math.Round(rate * length.TotalSeconds));
        var calleeBefore = await CalleeRepeated(stop);
        var (cpuBefore, switchesBefore) = (_running.Processes.Cpu(), _running.Processes.Switches());
        using var caller = Caller(plain, rate, calls, hold, beside);
        var ended = await caller.Ended(length + hold + LongestTransaction, stop);
        var (cpu, switches) = (_running.Processes.Cpu() - cpuBefore, _running.Processes.Switches() - switchesBefore);
        var counts = await caller.Counts(stop);
        if (!ended) counts = counts with { Failed = Math.Max(counts.Failed, counts.Created - counts.Completed - counts.Refused) };
        counts = counts with { Repeated = counts.Repeated + await CalleeRepeated(stop) - calleeBefore };
        var achieved = counts.Created / Math.Max(0.001, counts.Seconds - hold.TotalSeconds);
        return new(rate, counts.Failed > 0 ? rate : achieved, counts, cpu, switches, caller.CleanAfterSeconds());
    }

    public void Dispose()
    {
        _callee?.Dispose();
        File.Delete(_injected);
        File.Delete(_plainly);
    }

    SippProcess Caller(bool plain, double rate, int calls, TimeSpan hold, int beside) => SippProcess.Start(
        _home, (plain ? Target.Plain : Target).CallerScenario, new(Target.Caller.Address, Target.Caller.Port + beside), CallerMediaPort + beside,
        "-inf", plain ? _plainly : _injected, "-r", Text(rate), "-m", Text(calls), "-l", "100000", "-d", Text(hold.TotalMilliseconds), Target.Address.ToString());

    async Task Register(IPEndPoint local, Func<int, TargetUser> user, CancellationToken stop)
    {
        // What registers is the account; what is dialled may be a short number for it.
        Inject(_injected, Target, turn => user(turn).Account);
        using var register = SippProcess.Start(
            _home, "register", local, CallerMediaPort,
            "-inf", _injected, "-r", "50", "-m", Text(Target.Users), Target.Address.ToString());
        var ended = await register.Ended(TimeSpan.FromSeconds(10 + Target.Users / 50), stop);
        var counts = await register.Counts(stop);
        if (!ended || counts.Completed < Target.Users)
            throw new LoadException($"only {counts.Completed} of {Target.Users} users could register at {Target.Address}: check domain, user names and passwords");
    }

    /// <summary>One line a user: caller, callee, domain, credentials (scenarios/uac.xml says which field is which).</summary>
    static void Inject(string file, Target target, Func<int, TargetUser> user)
    {
        var lines = new StringBuilder("SEQUENTIAL\n");
        for (var turn = 0; turn < target.Users; turn++)
        {
            var who = user(turn);
            lines.Append(CultureInfo.InvariantCulture, $"{who.Name};{target.CalleeAt(turn).Name};{target.Domain};[authentication username={who.AuthenticationName} password={who.Password}]\n");
        }
        File.WriteAllText(file, lines.ToString());
    }

    async Task<double> CalleeRepeated(CancellationToken stop)
    {
        if (_callee is null) return 0;
        if (_callee.HasExited) throw new LoadException("the answering SIPp ended; is its port taken?");
        return (await _callee.Counts(stop)).Repeated;
    }

    static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
