using System.Threading.Channels;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Tests.Support;

/// <summary>A journal that can be told to wait, to refuse, or to be away; else it does what the one behind it does.</summary>
public sealed class ScriptedJournal(IJournal behind) : IJournal
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    readonly Channel<Held> _held = Channel.CreateUnbounded<Held>();
    volatile bool _holding;
    volatile bool _away;
    volatile Box? _next;
    int _answerLost;
    int _refused;

    /// <summary>From now on appends wait until <see cref="NextHeld"/> lets each go.</summary>
    public bool Holding
    {
        get => _holding;
        set => _holding = value;
    }

    /// <summary>While true nothing can be read, and appends come back as unavailable.</summary>
    public bool Away
    {
        get => _away;
        set => _away = value;
    }

    /// <summary>How many appends came back as unavailable because it was away.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>Raised when an append has been written, before whoever made it is told.</summary>
    public event Action? Written;

    /// <summary>The outcome of the next append, which is not written.</summary>
    public void RefuseNext(AppendOutcome outcome) => _next = new Box(outcome);

    /// <summary>The next append is written, but whoever made it is not told.</summary>
    public void LoseNextAnswer() => _answerLost = 1;

    public async Task<Held> NextHeld()
    {
        using var guard = new CancellationTokenSource(_patience);
        return await _held.Reader.ReadAsync(guard.Token);
    }

    public Task<AppendOutcome> Append(Append append)
    {
        if (Interlocked.Exchange(ref _answerLost, 0) == 1) return WrittenUnheard(append);
        if (_away)
        {
            Interlocked.Increment(ref _refused);
            return Task.FromResult(new AppendOutcome(AppendStatus.Unavailable, "away"));
        }

        if (Interlocked.Exchange(ref _next, null) is { } refused) return Task.FromResult(refused.Outcome);
        if (!_holding) return Write(append);
        var held = new Held(this, append);
        _held.Writer.TryWrite(held);
        return held.Outcome;
    }

    async Task<AppendOutcome> WrittenUnheard(Append append)
    {
        await Write(append);
        return new AppendOutcome(AppendStatus.Unknown, "away");
    }

    async Task<AppendOutcome> Write(Append append)
    {
        var outcome = await behind.Append(append);
        Written?.Invoke();
        return outcome;
    }

    public IAsyncEnumerable<StoredEvent> Read(string persistenceId, long fromSequenceNr, CancellationToken stop = default) =>
        _away ? throw new IOException("away") : behind.Read(persistenceId, fromSequenceNr, stop);

    public Task<StoredSnapshot?> LoadSnapshot(string persistenceId, CancellationToken stop = default) =>
        _away ? throw new IOException("away") : behind.LoadSnapshot(persistenceId, stop);

    public Task SaveSnapshot(string persistenceId, StoredSnapshot snapshot, CancellationToken stop = default) =>
        behind.SaveSnapshot(persistenceId, snapshot, stop);

    sealed record Box(AppendOutcome Outcome);

    /// <summary>One append that waits for the test.</summary>
    public sealed class Held(ScriptedJournal journal, Append append)
    {
        readonly TaskCompletionSource<AppendOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Append Append => append;

        internal Task<AppendOutcome> Outcome => _outcome.Task;

        public async Task Commit() => _outcome.SetResult(await journal.Write(append));

        public void Refuse(AppendStatus why) => _outcome.SetResult(new AppendOutcome(why));
    }
}
