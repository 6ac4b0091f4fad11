using System.Numerics;

namespace TeleCube.Sip.Transactions;

/// <summary>A hashed timing wheel: arming and stopping cost the same with ten timers and with a million. For one thread.</summary>
public sealed class TimerWheel
{
    const int Slots = 4096; // 41 s of ticks: every timer of a transaction fits into one turn
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    readonly TimeProvider _clock;
    readonly long _origin;
    readonly WheelTimer?[] _heads = new WheelTimer?[Slots];
    readonly WheelTimer?[] _tails = new WheelTimer?[Slots];
    readonly ulong[] _occupied = new ulong[Slots / 64];
    long _done = -1; // the last tick whose timers have fired

    public TimerWheel(TimeProvider clock)
    {
        _clock = clock;
        _origin = clock.GetTimestamp();
    }

    public int Count { get; private set; }

    /// <summary>Arms or moves a timer; an infinite interval stops it.</summary>
    public void Arm(WheelTimer timer, TimeSpan interval, int meaning)
    {
        Stop(timer);
        timer.Interval = interval;
        timer.Meaning = meaning;
        if (interval == Timeout.InfiniteTimeSpan) return;

        var due = _clock.GetElapsedTime(_origin) + interval;
        Link(timer, Math.Max(_done + 1, (due.Ticks + Tick.Ticks - 1) / Tick.Ticks));
    }

    public void Stop(WheelTimer timer)
    {
        if (!timer.IsArmed) return;

        var slot = (int)(timer.DueTick % Slots);
        if (timer.Previous is { } previous) previous.Next = timer.Next;
        else _heads[slot] = timer.Next;
        if (timer.Next is { } next) next.Previous = timer.Previous;
        else _tails[slot] = timer.Previous;
        if (_heads[slot] is null) _occupied[slot >> 6] &= ~(1UL << (slot & 63));

        timer.Next = timer.Previous = null;
        timer.DueTick = -1;
        Count--;
    }

    /// <summary>Fires everything that is due, tick by tick.</summary>
    public void Advance()
    {
        var now = _clock.GetElapsedTime(_origin).Ticks / Tick.Ticks;
        while (_done < now)
        {
            var next = NextOccupied(_done + 1);
            if (next < 0 || next > now) { _done = now; return; }
            _done = next;
            FireSlot(next);
        }
    }

    /// <summary>How long the owner of the wheel may sleep; null when no timer is armed.</summary>
    public TimeSpan? UntilNext()
    {
        var next = NextOccupied(_done + 1);
        if (next < 0) return null;
        var wait = Tick * next - _clock.GetElapsedTime(_origin);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    void Link(WheelTimer timer, long tick)
    {
        var slot = (int)(tick % Slots);
        timer.DueTick = tick;
        timer.Previous = _tails[slot];
        if (timer.Previous is { } previous) previous.Next = timer;
        else _heads[slot] = timer;
        _tails[slot] = timer;
        _occupied[slot >> 6] |= 1UL << (slot & 63);
        Count++;
    }

    // A timer that fires may arm or stop any other, so the walk starts anew after each; what it passes over are the few of later turns.
    void FireSlot(long tick)
    {
        var slot = (int)(tick % Slots);
        for (var timer = _heads[slot]; timer is not null;)
        {
            if (timer.DueTick > tick)
            {
                timer = timer.Next;
                continue;
            }
            Stop(timer);
            timer.Fire();
            timer = _heads[slot];
        }
    }

    long NextOccupied(long from)
    {
        if (Count == 0) return -1;
        var start = (int)(from % Slots);
        for (var passed = 0; passed <= Slots;)
        {
            var slot = (start + passed) % Slots;
            var word = _occupied[slot >> 6] >> (slot & 63);
            if (word != 0) return from + passed + BitOperations.TrailingZeroCount(word);
            passed += 64 - (slot & 63);
        }
        return -1;
    }
}
