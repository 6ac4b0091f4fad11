using System.Buffers;
using System.Collections;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Messages;

/// <summary>The header fields of one message, in order. A value is parsed when it is first asked for and remembered beside its field. Not thread-safe.</summary>
public sealed class SipHeaders(int capacity = 16) : IReadOnlyList<SipField>
{
    Slot[] _slots = new Slot[capacity];

    public int Count { get; private set; }

    public SipField this[int index] =>
        index < Count ? new(_slots[index].Name, _slots[index].Value) : throw new ArgumentOutOfRangeException(nameof(index));

    public bool Has(SipHeaderName name) => IndexOf(name) >= 0;

    /// <summary>The text of the first field of that name.</summary>
    public string? First(SipHeaderName name) => IndexOf(name) is >= 0 and var at ? WireText.Text(_slots[at].Value.Span) : null;

    /// <summary>The text of every field of that name, lists not taken apart.</summary>
    public IEnumerable<string> All(SipHeaderName name)
    {
        for (var at = IndexOf(name); at >= 0; at = IndexOf(name, at + 1)) yield return WireText.Text(_slots[at].Value.Span);
    }

    public int CountOf(SipHeaderName name)
    {
        var count = 0;
        for (var at = IndexOf(name); at >= 0; at = IndexOf(name, at + 1)) count++;
        return count;
    }

    /// <summary>The first field of that name as a value; null (default) if it is absent or malformed.</summary>
    public T? Get<T>(SipHeaderName name) where T : ISipHeaderValue<T>
    {
        var at = IndexOf(name);
        if (at < 0) return default;
        ref var slot = ref _slots[at];
        if (slot.Parsed is T known) return known;
        if (!T.TryParse(slot.Value.Span, out var parsed)) return default;
        slot.Parsed = parsed;
        return parsed;
    }

    /// <summary>All values of that name over all its fields; a malformed one is left out (<see cref="IsWellFormed{T}"/> tells).</summary>
    public IReadOnlyList<T> List<T>(SipHeaderName name) where T : ISipHeaderValue<T>
    {
        var first = IndexOf(name);
        if (first < 0) return [];
        var values = ValuesAt<T>(first);
        for (var at = IndexOf(name, first + 1); at >= 0; at = IndexOf(name, at + 1)) values = [.. values, .. ValuesAt<T>(at)];
        return values;
    }

    /// <summary>One value for each field, for headers such as Authorization whose own commas separate nothing; malformed ones are left out.</summary>
    public IEnumerable<T> Each<T>(SipHeaderName name) where T : ISipHeaderValue<T>
    {
        for (var at = IndexOf(name); at >= 0; at = IndexOf(name, at + 1))
            if (T.TryParse(_slots[at].Value.Span, out var value)) yield return value;
    }

    /// <summary>The first value of a list header.</summary>
    public T? FirstOf<T>(SipHeaderName name) where T : ISipHeaderValue<T> =>
        IndexOf(name) is >= 0 and var at && ValuesAt<T>(at) is { Length: > 0 } values ? values[0] : default;

    /// <summary>True if every value in every field of that name can be read (also if there is none).</summary>
    public bool IsWellFormed<T>(SipHeaderName name) where T : ISipHeaderValue<T>
    {
        for (var at = IndexOf(name); at >= 0; at = IndexOf(name, at + 1))
        {
            var count = 0;
            foreach (var _ in new ValueList(_slots[at].Value.Span)) count++;
            if (ValuesAt<T>(at).Length != count) return false;
        }
        return true;
    }

    /// <summary>The comma-separated words of all fields of that name, as in Supported or Allow.</summary>
    public IReadOnlyList<string> Tokens(SipHeaderName name)
    {
        List<string>? tokens = null;
        for (var at = IndexOf(name); at >= 0; at = IndexOf(name, at + 1))
            foreach (var token in new ValueList(_slots[at].Value.Span))
                if (!token.IsEmpty) (tokens ??= []).Add(WireText.Text(token));
        return tokens ?? (IReadOnlyList<string>)[];
    }

    public bool HasToken(SipHeaderName name, string token)
    {
        for (var at = IndexOf(name); at >= 0; at = IndexOf(name, at + 1))
            foreach (var candidate in new ValueList(_slots[at].Value.Span))
                if (System.Text.Ascii.EqualsIgnoreCase(candidate, token)) return true;
        return false;
    }

    public void Add(SipHeaderName name, string value) => Append(name, WireText.OneLine(value), null);

    public void Add(SipField field) => Append(field.Name, field.Value, null);

    public void Add<T>(SipHeaderName name, T value) where T : ISipHeaderValue<T> => Append(name, Encode(value), null);

    /// <summary>A new field above all others of its name, as a proxy adds its Via.</summary>
    public void Prepend(SipHeaderName name, string value) => Insert(name, WireText.OneLine(value));

    public void Prepend<T>(SipHeaderName name, T value) where T : ISipHeaderValue<T> => Insert(name, Encode(value));

    /// <summary>Replaces all fields of that name by one, at the place of the first.</summary>
    public void Set(SipHeaderName name, string value) => Replace(name, WireText.OneLine(value), null);

    public void Set<T>(SipHeaderName name, T value) where T : ISipHeaderValue<T> => Replace(name, Encode(value), value);

    /// <summary>Replaces all fields of that name by one for each value.</summary>
    public void SetAll<T>(SipHeaderName name, IEnumerable<T> values) where T : ISipHeaderValue<T>
    {
        Remove(name);
        foreach (var value in values) Add(name, value);
    }

    /// <summary>Removes all fields of that name; false if there was none.</summary>
    public bool Remove(SipHeaderName name)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
            if (_slots[i].Name != name) _slots[kept++] = _slots[i];
        var removed = kept < Count;
        Array.Clear(_slots, kept, Count - kept);
        Count = kept;
        return removed;
    }

    /// <summary>Replaces the first value of a list header and leaves the others, as a server does that adds received to the top Via.</summary>
    public void ReplaceFirst<T>(SipHeaderName name, T value) where T : ISipHeaderValue<T>
    {
        var at = IndexOf(name);
        if (at < 0) Add(name, value);
        else if (Rest(at) is { IsEmpty: false } rest) _slots[at] = new(name, (byte[])[.. Encode(value), .. ", "u8, .. rest.Span]);
        else _slots[at] = new(name, Encode(value));
    }

    /// <summary>Takes the first value of a list header away, as a proxy does with its own Via or Route.</summary>
    public bool RemoveFirst(SipHeaderName name)
    {
        var at = IndexOf(name);
        if (at < 0) return false;
        if (Rest(at) is { IsEmpty: false } rest) _slots[at] = new(name, rest);
        else RemoveAt(at);
        return true;
    }

    /// <summary>Appends all fields of that name as they stand in another message.</summary>
    public void CopyFrom(SipHeaders other, SipHeaderName name)
    {
        for (var at = other.IndexOf(name); at >= 0; at = other.IndexOf(name, at + 1))
            Append(name, other._slots[at].Value, other._slots[at].Parsed);
    }

    public SipHeaders Copy()
    {
        var copy = new SipHeaders(Count + 4);
        Array.Copy(_slots, copy._slots, Count);
        copy.Count = Count;
        return copy;
    }

    public IEnumerator<SipField> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Append(SipHeaderName name, ReadOnlyMemory<byte> value, object? parsed)
    {
        if (Count == _slots.Length) Array.Resize(ref _slots, Math.Max(8, Count * 2));
        _slots[Count++] = new(name, value) { Parsed = parsed };
    }

    // Name: value, one line each. Content-Length is the writer's own affair.
    internal void WriteTo(IBufferWriter<byte> output)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_slots[i].Name == SipHeaderName.ContentLength) continue;
            output.WriteText(_slots[i].Name.Text);
            output.Write(": "u8);
            output.Write(_slots[i].Value.Span);
            output.Write("\r\n"u8);
        }
    }

    int IndexOf(SipHeaderName name, int from = 0)
    {
        for (var i = from; i < Count; i++)
            if (_slots[i].Name == name) return i;
        return -1;
    }

    void Insert(SipHeaderName name, byte[] value)
    {
        Append(name, value, null);
        var at = Math.Max(0, IndexOf(name));
        var added = _slots[Count - 1];
        Array.Copy(_slots, at, _slots, at + 1, Count - 1 - at);
        _slots[at] = added;
    }

    void Replace(SipHeaderName name, byte[] value, object? parsed)
    {
        var at = IndexOf(name);
        if (at < 0)
        {
            Append(name, value, parsed);
            return;
        }
        _slots[at] = new(name, value) { Parsed = parsed };
        for (var other = IndexOf(name, at + 1); other >= 0; other = IndexOf(name, other)) RemoveAt(other);
    }

    void RemoveAt(int at)
    {
        Array.Copy(_slots, at + 1, _slots, at, Count - 1 - at);
        _slots[--Count] = default;
    }

    // What follows the first value of a field.
    ReadOnlyMemory<byte> Rest(int at)
    {
        var field = _slots[at].Value;
        var values = new ValueList(field.Span);
        values.MoveNext();
        return field[(field.Length - WireText.Trim(values.Rest).Length)..];
    }

    T[] ValuesAt<T>(int at) where T : ISipHeaderValue<T>
    {
        ref var slot = ref _slots[at];
        if (slot.Parsed is T[] known) return known;
        var values = new List<T>(1);
        foreach (var text in new ValueList(slot.Value.Span))
            if (T.TryParse(text, out var value)) values.Add(value);
        var parsed = values.ToArray();
        slot.Parsed = parsed;
        return parsed;
    }

    static byte[] Encode<T>(T value) where T : ISipHeaderValue<T>
    {
        var output = new ArrayBufferWriter<byte>(128);
        value.WriteTo(output);
        return WireText.OneLine(output.WrittenSpan.ToArray());
    }

    struct Slot(SipHeaderName name, ReadOnlyMemory<byte> value)
    {
        public readonly SipHeaderName Name = name;
        public readonly ReadOnlyMemory<byte> Value = value;
        public object? Parsed;
    }
}
