namespace TeleCube.Tests.Support.Processes;

/// <summary>Lines as they come; a test waits for one, whether it came already or not.</summary>
public sealed class LineLog
{
    readonly List<string> _lines = [];
    readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> _waiting = [];
    readonly Lock _gate = new();

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_gate) return [.. _lines];
        }
    }

    public void Add(string? line)
    {
        if (line is null) return; // the end of the stream
        lock (_gate)
        {
            _lines.Add(line);
            foreach (var (_, found) in _waiting.Where(waiter => waiter.Wanted(line)).ToList()) found.TrySetResult(line);
            _waiting.RemoveAll(waiter => waiter.Found.Task.IsCompleted);
        }
    }

    /// <summary>The first line of that kind after the first <paramref name="skip"/> lines.</summary>
    public Task<string> First(Func<string, bool> wanted, TimeSpan within, int skip = 0)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lines.Skip(skip).FirstOrDefault(wanted) is { } line) return Task.FromResult(line);
            _waiting.Add((wanted, found));
        }
        return found.Task.WaitAsync(within);
    }

    public override string ToString() => string.Join('\n', All);
}
