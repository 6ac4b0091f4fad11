using System.Collections;

namespace TeleCube.Sip.Sdp;

/// <summary>The attributes of a session or of one medium: ordered, immutable, names with case.</summary>
public sealed class SdpAttributes : IReadOnlyList<SdpAttribute>, IEquatable<SdpAttributes>
{
    public static readonly SdpAttributes Empty = new([]);

    readonly SdpAttribute[] _all;

    SdpAttributes(SdpAttribute[] all) => _all = all;

    public int Count => _all.Length;

    public SdpAttribute this[int index] => _all[index];

    /// <summary>The value of the first of that name; "" for one without a value; null if absent.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var attribute in _all)
                if (attribute.Name == name) return attribute.Value ?? "";
            return null;
        }
    }

    public static SdpAttributes Of(IEnumerable<SdpAttribute> attributes) => new([.. attributes]);

    public bool Has(string name) => this[name] is not null;

    public IEnumerable<string> All(string name) => _all.Where(a => a.Name == name).Select(a => a.Value ?? "");

    public SdpAttributes Add(string name, string? value = null) => new([.. _all, new SdpAttribute(name, value)]);

    /// <summary>Replaces all of that name by one, at the place of the first.</summary>
    public SdpAttributes With(string name, string? value = null)
    {
        var at = Array.FindIndex(_all, a => a.Name == name);
        if (at < 0) return Add(name, value);
        return new([.. _all[..at], new SdpAttribute(name, value), .. _all[(at + 1)..].Where(a => a.Name != name)]);
    }

    public SdpAttributes Without(string name) => new(Array.FindAll(_all, a => a.Name != name));

    public bool Equals(SdpAttributes? other) => other is not null && _all.AsSpan().SequenceEqual(other._all);

    public override bool Equals(object? obj) => Equals(obj as SdpAttributes);

    public override int GetHashCode() => Count;

    public IEnumerator<SdpAttribute> GetEnumerator() => ((IEnumerable<SdpAttribute>)_all).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
