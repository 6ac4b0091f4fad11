using System.Collections.Concurrent;
using TeleCube.Load.Rtp;
using TeleCube.Load.Signalling;
using TeleCube.Load.Targets;

namespace TeleCube.Load.Benches;

/// <summary>Calls that stand: dialled by one of our phones, answered by the other, bridged by the target.</summary>
sealed class BridgedCalls : IDisposable
{
    readonly Target _target;
    readonly Phone _caller;
    readonly Phone _callee;
    readonly ConcurrentQueue<RtpStream> _free;
    readonly List<Leg> _legs = [];

    /// <summary>With a spare, calls beyond those of the field are answered too, all with that one silent stream.</summary>
    public BridgedCalls(Target target, CallField field, RtpStream? spare = null)
    {
        if (target.Answers) throw new LoadException("this target answers calls itself; it bridges none");
        _target = target;
        _free = new(field.Callees.Where(stream => stream != spare));
        _callee = new(target.Callee, target, () => _free.TryDequeue(out var stream) ? stream : spare);
        _callee.HungUp += leg =>
        {
            if (leg.Stream != spare) _free.Enqueue(leg.Stream!);
        };
        _caller = new(target.Caller, target, () => null);
    }

    public int Standing => _legs.Count(leg => !leg.Ended.Task.IsCompleted);

    public int Repeated => _caller.Repeated + _callee.Repeated;

    public async Task Register()
    {
        for (var turn = 0; turn < _target.Users; turn++)
        {
            if (_target.RegistersCallees) await _callee.Register(_target.CalleeAt(turn).Account);
            if (_target.RegistersCallers) await _caller.Register(_target.CallerAt(turn).Account);
        }
    }

    /// <summary>Dials at the given rate; the statuses of calls that were not answered.</summary>
    public async Task<IReadOnlyList<int>> Dial(IReadOnlyList<RtpStream> streams, double rate, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(Math.Max(0.001, 1 / rate)));
        var dialled = new List<Task<(Leg? Leg, int Status)>>();
        for (var call = 0; call < streams.Count; call++)
        {
            dialled.Add(_caller.Dial(_target.CallerAt(call), _target.CalleeAt(call).Name, streams[call]));
            await pace.WaitForNextTickAsync(stop);
        }
        var answers = await Task.WhenAll(dialled);
        _legs.AddRange(answers.Select(answer => answer.Leg).OfType<Leg>());
        return [.. answers.Where(answer => answer.Leg is null).Select(answer => answer.Status)];
    }

    /// <summary>Hangs up everything that stands; how many BYEs were not answered.</summary>
    public async Task<int> HangUp(double rate, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(Math.Max(0.001, 1 / rate)));
        var ended = new List<Task<bool>>();
        foreach (var leg in _legs.Where(leg => !leg.Ended.Task.IsCompleted))
        {
            ended.Add(_caller.HangUp(leg));
            await pace.WaitForNextTickAsync(stop);
        }
        _legs.Clear();
        return (await Task.WhenAll(ended)).Count(answered => !answered);
    }

    public void Dispose()
    {
        _caller.Dispose();
        _callee.Dispose();
    }
}
