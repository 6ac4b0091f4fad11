using System.Buffers;
using System.Collections;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Messages;

/// <summary>
/// The header fields of one message, in order. A value is parsed when it is first asked for and remembered beside its field. Not
/// thread-safe.
/// </summary>
public sealed partial class SipHeaders(int capacity = 16) : IReadOnlyList<SipField>
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

    /// <summary>
    /// One value for each field, for headers such as Authorization whose own commas separate nothing; malformed ones are left out.
    /// </summary>
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

    struct Slot(SipHeaderName name, ReadOnlyMemory<byte> value)
    {
        public readonly SipHeaderName Name = name;
        public readonly ReadOnlyMemory<byte> Value = value;
        public object? Parsed;
    }
}
