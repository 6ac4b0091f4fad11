namespace TeleCube.Actors.Calls.Timeline;

/// <summary>
/// How much of one sort of lines a timeline keeps: the first with all that they say, and of the rest the last, so that a long call loses neither its beginning
/// nor its end, and no sort of lines another's room.
/// </summary>
sealed class TimelineShare(string what)
{
    public const int First = 300;
    public const int Last = 200;

    int _count;
    Queue<TimelineEntry>? _late;

    public bool HasLate => _late is not null;

    /// <summary>Counts a line; true for one of the first.</summary>
    public bool IsFirst() => ++_count <= First;

    public void Clear() => (_count, _late) = (0, null);

    public void AddLate(TimelineEntry entry)
    {
        _late ??= new(Last);
        if (_late.Count == Last) _late.Dequeue();
        _late.Enqueue(entry with { Message = null });
    }

    /// <summary>The last lines, after a word on how many are missing before them.</summary>
    public IEnumerable<TimelineEntry> Late()
    {
        if (_late is null) yield break;
        if (_count > First + Last) yield return new(_late.Peek().At, "note", null, "cut", $"{_count - First - Last} {what} before this are not kept");
        foreach (var entry in _late) yield return entry;
    }
}
