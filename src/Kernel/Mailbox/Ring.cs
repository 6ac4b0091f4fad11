namespace TeleCube.Kernel.Mailbox;

/// <summary>A queue that is a field: no object of its own, no slots before the first item. It grows with the most that ever waited.</summary>
struct Ring<T>
{
    const int First = 4;

    T[]? _slots;
    int _head;
    int _count;

    /// <summary>May be read by any thread.</summary>
    public readonly int Count => Volatile.Read(in _count);

    public void Enqueue(T item)
    {
        if (_slots is null || _count == _slots.Length) Grow();
        _slots![(_head + _count) & (_slots.Length - 1)] = item;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Only of a ring that holds something.</summary>
    public T Dequeue()
    {
        var item = _slots![_head];
        _slots[_head] = default!; // what was handled must not live on here
        _head = (_head + 1) & (_slots.Length - 1);
        Volatile.Write(ref _count, _count - 1);
        return item;
    }

    void Grow()
    {
        var larger = new T[_slots is null ? First : _slots.Length * 2]; // a power of two, so that an index wraps by a mask
        for (var i = 0; i < _count; i++) larger[i] = _slots![(_head + i) & (_slots.Length - 1)];
        (_slots, _head) = (larger, 0);
    }
}
