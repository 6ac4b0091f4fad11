using TeleCube.Kernel.Mailbox;

namespace TeleCube.Kernel.Actors;

/// <summary>The children of one cell by name. Locked, since a region starts entities from any thread and children end on their own.</summary>
sealed class Children
{
    readonly Dictionary<string, ActorCell> _byName = [];
    int _unnamed;
    bool _awaited;
    bool _closed;

    public int Count
    {
        get { lock (_byName) return _byName.Count; }
    }

    /// <summary>Adds the child made under that name, or under a new one; null if no more may be added.</summary>
    public ActorCell? Add(string? name, Func<string, ActorCell> make)
    {
        lock (_byName)
        {
            if (_closed) return null;
            name ??= $"${++_unnamed}";
            if (_byName.ContainsKey(name)) throw new InvalidOperationException($"there is a child {name} already");
            return _byName[name] = make(name);
        }
    }

    /// <summary>True if that was the last one and somebody waits for it.</summary>
    public bool Remove(string name)
    {
        lock (_byName) return _byName.Remove(name) && _awaited && _byName.Count == 0;
    }

    public void Close()
    {
        lock (_byName) _closed = true;
    }

    public void StopAll()
    {
        ActorCell[] all;
        lock (_byName)
        {
            _awaited = true;
            all = [.. _byName.Values];
        }
        foreach (var child in all) child.TellSystem(SystemMessage.Stop.Instance);
    }
}
