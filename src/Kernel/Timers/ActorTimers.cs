using TeleCube.Kernel.Actors;

namespace TeleCube.Kernel.Timers;

/// <summary>An actor's named timers. A tick is a message to the actor itself; setting a name again replaces it; a cancelled one never arrives.</summary>
public sealed class ActorTimers
{
    // CreateTimer takes less than 50 days; what is due later is armed again on the way.
    static readonly TimeSpan _longestWait = TimeSpan.FromDays(40);

    readonly ActorCell _cell;
    readonly TimeProvider _clock;
    readonly Dictionary<string, Entry> _armed = [];

    internal ActorTimers(ActorCell cell, TimeProvider clock) => (_cell, _clock) = (cell, clock);

    internal int Count => _armed.Count;

    /// <summary>Sends <paramref name="message"/> at that time, at once if it has passed.</summary>
    public void At(string name, DateTimeOffset due, object message)
    {
        Cancel(name);
        _armed[name] = new Entry(this, name, due, message);
    }

    public void After(string name, TimeSpan wait, object message) => At(name, _clock.GetUtcNow() + wait, message);

    public void Cancel(string name)
    {
        if (_armed.Remove(name, out var entry)) entry.Dispose();
    }

    public bool IsArmed(string name) => _armed.ContainsKey(name);

    internal void CancelAll()
    {
        foreach (var entry in _armed.Values) entry.Dispose();
        _armed.Clear();
    }

    /// <summary>The message of a tick whose time has come, or null if it was cancelled or replaced meanwhile.</summary>
    internal object? Take(Entry entry)
    {
        if (!_armed.TryGetValue(entry.Name, out var armed) || armed != entry) return null;
        _armed.Remove(entry.Name);
        entry.Dispose();
        return entry.Message;
    }

    internal sealed class Entry : IDisposable
    {
        readonly ActorTimers _timers;
        readonly DateTimeOffset _due;
        readonly ITimer _timer;

        public Entry(ActorTimers timers, string name, DateTimeOffset due, object message)
        {
            (_timers, Name, _due, Message) = (timers, name, due, message);
            _timer = timers._clock.CreateTimer(static state => ((Entry)state!).Elapsed(), this,
                Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Arm();
        }

        public string Name { get; }

        public object Message { get; }

        public void Dispose() => _timer.Dispose();

        void Elapsed()
        {
            if (_timers._clock.GetUtcNow() < _due) Arm();
            else _timers._cell.TellSystem(this);
        }

        void Arm()
        {
            var wait = _due - _timers._clock.GetUtcNow();
            if (wait > _longestWait) wait = _longestWait;
            // Timers count whole milliseconds: rounded up, so that one never comes early.
            var milliseconds = Math.Max(0, Math.Ceiling(wait.TotalMilliseconds));
            _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
        }
    }
}
