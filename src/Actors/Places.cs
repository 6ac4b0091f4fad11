namespace TeleCube.Actors;

/// <summary>
/// So many things at the same time for each key, so that one cannot take the places of another. Who comes when they are taken waits in turn; a key with nobody
/// in it takes no memory.
/// </summary>
public sealed class Places<TKey>(int each) where TKey : notnull
{
    readonly Lock _lock = new();
    readonly Dictionary<TKey, Room> _rooms = [];

    /// <summary>Keys with somebody in them, or waiting.</summary>
    public int Rooms
    {
        get
        {
            lock (_lock) return _rooms.Count;
        }
    }

    /// <summary>Disposing what is returned gives the place back.</summary>
    /// <exception cref="OperationCanceledException">It was not waited for any longer.</exception>
    public async Task<IDisposable> Take(TKey key, CancellationToken stop)
    {
        var room = Enter(key);
        try
        {
            await room.Free.WaitAsync(stop).ConfigureAwait(false);
            return new Place(this, key, room);
        }
        catch
        {
            Leave(key, room);
            throw;
        }
    }

    Room Enter(TKey key)
    {
        lock (_lock)
        {
            if (!_rooms.TryGetValue(key, out var room)) _rooms[key] = room = new Room(new SemaphoreSlim(each, each));
            room.Inside++;
            return room;
        }
    }

    void Leave(TKey key, Room room)
    {
        lock (_lock)
            if (--room.Inside == 0) _rooms.Remove(key);
    }

    /// <summary><see cref="Inside"/> counts who waits, too.</summary>
    sealed record Room(SemaphoreSlim Free)
    {
        public int Inside { get; set; }
    }

    sealed class Place(Places<TKey> of, TKey key, Room room) : IDisposable
    {
        int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) != 0) return;
            room.Free.Release();
            of.Leave(key, room);
        }
    }
}
