using TeleCube.Actors.Calls.Live;

namespace TeleCube.Actors.Calls.Ingress;

/// <summary>Limits of one node, <c>telecube.limits</c>; emergency calls are exempt from all of them.</summary>
public sealed record AdmissionOptions(int MaxCalls, int CallsPerSecond, TimeSpan MaxQueueing, TimeSpan RetryAfter);

/// <summary>
/// Says early and cheaply that the node has enough to do or is drained: too many calls, too many new ones a second (a bucket of one second), or work that
/// has waited too long at the worst of the places where work waits (<c>lag</c>). A refused call costs one response; an accepted one is then carried well.
/// The stack's loop asks for phones and carriers, the API for orders: on many threads.
/// </summary>
public sealed class AdmissionControl(AdmissionOptions options, LiveCalls live, Func<TimeSpan> lag, TimeProvider clock, Drain? drain = null)
{
    readonly Lock _gate = new();
    double _tokens = options.CallsPerSecond;
    long _filled = clock.GetTimestamp();
    long _refused;

    public long Refused => Interlocked.Read(ref _refused);

    public TimeSpan RetryAfter => options.RetryAfter;

    /// <summary>Null when a call may begin, else why not.</summary>
    public string? WhyNot()
    {
        lock (_gate) return Judged();
    }

    /// <summary>Null when a call may begin, which then has begun; else why not.</summary>
    public string? Begin()
    {
        lock (_gate)
        {
            if (Judged() is { } why) return why;
            _tokens--;
            return null;
        }
    }

    /// <summary>A call has begun: a phone's first INVITE, which is only challenged, is none yet.</summary>
    public void Begun()
    {
        lock (_gate) _tokens--;
    }

    string? Judged()
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(options.CallsPerSecond, _tokens + (clock.GetElapsedTime(_filled, now).TotalSeconds * options.CallsPerSecond));
        _filled = now;

        var why = drain?.Since is not null ? "Being Emptied"
            : live.Count >= options.MaxCalls ? "Too Many Calls"
            : _tokens < 1 ? "Too Many New Calls"
            : lag() > options.MaxQueueing ? "Overloaded"
            : null;
        if (why is not null) Interlocked.Increment(ref _refused);
        return why;
    }
}
