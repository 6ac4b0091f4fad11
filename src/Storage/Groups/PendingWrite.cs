using System.Diagnostics;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.Groups;

/// <summary>One caller's write on its way into a group: an append, bare rows, bindings or a snapshot.</summary>
sealed class PendingWrite
{
    readonly TaskCompletionSource<AppendOutcome> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When the caller came, by the system's monotonic clock.</summary>
    public long Since { get; } = Stopwatch.GetTimestamp();

    public Append? Append
    {
        get;
        init => (field, _settled) = (value, new()); // goes on at once on the writer's thread, where an actor only wakes itself
    }

    public WriteSet Writes { get; init; } = WriteSet.Empty;
    public IReadOnlyList<RegistrationRow> Bindings { get; init; } = [];
    public IReadOnlyList<RegistrationKey> Unbindings { get; init; } = [];
    public string? SnapshotOf { get; init; }
    public StoredSnapshot? Snapshot { get; init; }

    /// <summary>What the committer found; told to the caller only after the group is durable.</summary>
    public AppendOutcome Outcome { get; set; }

    public Task<AppendOutcome> Settled => _settled.Task;

    static readonly string[] _dated = ["call/", "sms/", "webhook/"];

    /// <summary>The day to which the stream of a call, an SMS or a webhook belongs: that of its first event. Other streams are kept for ever.</summary>
    public static DateOnly? DayOf(Append append) =>
        Array.Exists(_dated, kind => append.PersistenceId.StartsWith(kind, StringComparison.Ordinal))
            ? DateOnly.FromDateTime(append.Events[0].At.UtcDateTime) : null;

    public bool ChangesBindings => Bindings.Count + Unbindings.Count > 0;

    /// <summary>The row as it reads when it was written.</summary>
    public static RegistrationRow AsStored(RegistrationRow row) =>
        row with { RegisteredAt = Microseconds.Truncate(row.RegisteredAt), ExpiresAt = Microseconds.Truncate(row.ExpiresAt) };

    public void Settle() => _settled.TrySetResult(Outcome);

    public void Settle(AppendOutcome outcome)
    {
        Outcome = outcome;
        Settle();
    }

    public void Fail(Exception defect) => _settled.TrySetException(defect);

    public void AddTargets(List<WriteTarget> targets)
    {
        targets.Clear();
        if (Append is { } append) targets.Add(new('s', "", "", append.PersistenceId));
        if (SnapshotOf is { } stream) targets.Add(new('n', "", "", stream));
        foreach (var row in Bindings) targets.Add(new('b', row.Extension, row.Tenant.Value, row.Contact));
        foreach (var key in Unbindings) targets.Add(new('b', key.Extension, key.Tenant.Value, key.Contact));
        Writes.AddTargets(targets);
    }
}
