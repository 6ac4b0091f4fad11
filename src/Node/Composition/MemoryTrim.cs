using System.Diagnostics;
using System.Runtime.InteropServices;
using TeleCube.Actors.Calls.Live;

namespace TeleCube.Node.Composition;

/// <summary>
/// Gives memory back to the system after a rush: by itself the collector keeps what an idle process does not allocate again, for hours, and so does
/// malloc (SQLite, the compiler of the runtime).
/// </summary>
sealed partial class MemoryTrim : IDisposable
{
    static readonly TimeSpan _every = TimeSpan.FromSeconds(5);

    readonly LiveCalls _live;
    readonly TrimRule _rule;
    readonly ILogger _log;
    readonly ITimer _timer;

    public MemoryTrim(LiveCalls live, TimeProvider clock, ILogger log)
    {
        (_live, _rule, _log) = (live, new TrimRule(clock), log);
        _timer = clock.CreateTimer(_ => Look(), null, _every, _every);
    }

    public void Dispose() => _timer.Dispose();

    void Look()
    {
        if (!_rule.IsDue(_live.Count, GC.GetTotalAllocatedBytes())) return;
        var started = Stopwatch.GetTimestamp();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var paused = Stopwatch.GetElapsedTime(started);
        TrimNative();
        _log.LogDebug("Unused memory was given back: the heap is {Kilobytes} kB, pause {Pause} ms", GC.GetTotalMemory(false) >> 10, paused.TotalMilliseconds);
    }

    static void TrimNative()
    {
        try
        {
            _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // not glibc: musl gives back by itself
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint keep);
}
