using System.Collections;

namespace TeleCube.Kernel.Sharding;

/// <summary>Names and values that every line logged within it carries. A formatter that prints the scope as a text gets words, not a type's name.</summary>
public sealed class LogScope(params KeyValuePair<string, object?>[] values) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => values.Length;

    public KeyValuePair<string, object?> this[int index] => values[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(' ', values.Select(value => $"{value.Key}={value.Value}"));
}
