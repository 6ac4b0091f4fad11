using TeleCube.Kernel.Persistence;
using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Tests.Groups;

/// <summary>A database that does as it is told, commit by commit.</summary>
sealed class ScriptedCommitter : IGroupCommitter
{
    readonly Queue<Func<IReadOnlyList<PendingWrite>, Task>> _script = new();
    readonly SemaphoreSlim _commits = new(0);

    public List<int> Groups { get; } = [];

    public HashSet<PendingWrite> Written { get; } = [];

    public Func<Task> OnRecover { get; set; } = () => Task.CompletedTask;

    public ScriptedCommitter Then(Func<IReadOnlyList<PendingWrite>, Task> commit)
    {
        _script.Enqueue(commit);
        return this;
    }

    /// <summary>Waits until a commit has begun.</summary>
    public async Task Begun() => Assert.True(await _commits.WaitAsync(TimeSpan.FromSeconds(10)), "no commit began");

    public async Task Commit(IReadOnlyList<PendingWrite> group)
    {
        Groups.Add(group.Count);
        foreach (var write in group) write.Outcome = AppendOutcome.Committed;
        _commits.Release();
        if (_script.TryDequeue(out var commit)) await commit(group);
        Written.UnionWith(group);
    }

    public Task Reconnect(CancellationToken stop) => OnRecover().WaitAsync(stop);

    public Func<Task> OnProbe { get; set; } = () => Task.CompletedTask;

    public Task Probe(CancellationToken stop) => OnProbe();

    public Task<bool> WasCommitted(PendingWrite write) => Task.FromResult(Written.Contains(write));

    public ValueTask DisposeAsync()
    {
        _commits.Dispose();
        return ValueTask.CompletedTask;
    }
}
