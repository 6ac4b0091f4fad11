using TeleCube.Sip.Headers;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Messages;

// The half that changes a message; reading is in SipHeaders.cs.
public sealed partial class SipHeaders
{
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

    /// <summary>
    /// Replaces the first value of a list header and leaves the others, as a server does that adds received to the top Via.
    /// </summary>
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

    internal void Append(SipHeaderName name, ReadOnlyMemory<byte> value, object? parsed)
    {
        if (Count == _slots.Length) Array.Resize(ref _slots, Math.Max(8, Count * 2));
        _slots[Count++] = new(name, value) { Parsed = parsed };
    }

    void Insert(SipHeaderName name, byte[] value)
    {
        var at = Math.Max(0, IndexOf(name)); // the first of its name is the first of all
        Append(name, value, null);
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

    static byte[] Encode<T>(T value) where T : ISipHeaderValue<T>
    {
        using var output = new WireBuffer(128);
        value.WriteTo(output);
        return WireText.OneLine(output.Written.ToArray());
    }
}
