using System.Buffers;
using System.Collections;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>
/// *( SEMI generic-param ) (RFC 3261 §25.1): ordered, immutable, names without case; values are kept as they are on the wire.
/// </summary>
public sealed class HeaderParameters : IReadOnlyList<HeaderParameter>, IEquatable<HeaderParameters>
{
    public static readonly HeaderParameters Empty = new([]);

    const int MaxCount = 64;

    readonly HeaderParameter[] _all;

    HeaderParameters(HeaderParameter[] all) => _all = all;

    public int Count => _all.Length;

    public HeaderParameter this[int index] => _all[index];

    /// <summary>The value without its quotes; "" for a parameter without a value; null for one that is absent.</summary>
    public string? this[string name] => Raw(name) is { } raw ? HeaderParameter.Unquote(raw) : null;

    public bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>The value as it is on the wire, quotes and escapes included; "" for a parameter without a value.</summary>
    public string? Raw(string name) => IndexOf(name) is >= 0 and var at ? _all[at].Value ?? "" : null;

    /// <summary>Sets a parameter, in place if it is there; what is not a token is quoted.</summary>
    public HeaderParameters With(string name, string? value = null) =>
        WithRaw(name, value is null ? null : HeaderParameter.QuoteIfNeeded(value));

    /// <summary>Sets a parameter to a value that has its wire form already.</summary>
    public HeaderParameters WithRaw(string name, string? value)
    {
        var parameter = new HeaderParameter(name, value);
        var at = IndexOf(name);
        if (at < 0) return new([.. _all, parameter]);
        var copy = (HeaderParameter[])_all.Clone();
        copy[at] = parameter;
        return new(copy);
    }

    public HeaderParameters Without(string name) =>
        Has(name) ? Of(Array.FindAll(_all, p => !p.IsNamed(name))) : this;

    internal static HeaderParameters Of(HeaderParameter[] all) => all.Length == 0 ? Empty : new(all);

    /// <summary>RFC 3261 §7.3.1, §19.1.1: no name may stand twice, for two readers would read two things.</summary>
    internal static bool TryAdd(List<HeaderParameter> all, HeaderParameter parameter)
    {
        if (all.Count == MaxCount) return false;
        foreach (var other in all)
            if (other.IsNamed(parameter.Name)) return false;
        all.Add(parameter);
        return true;
    }

    /// <summary>Reads parameters to the end of the value; false on anything else.</summary>
    public static bool TryParse(ref SipReader reader, out HeaderParameters parameters)
    {
        parameters = Empty;
        if (reader.TryEnd()) return true;
        var all = new List<HeaderParameter>(4);
        while (reader.TrySkipSeparator((byte)';'))
        {
            if (!HeaderParameter.TryRead(ref reader, out var parameter) || !TryAdd(all, parameter)) return false;
        }
        if (!reader.TryEnd()) return false;
        parameters = Of([.. all]);
        return true;
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        foreach (var parameter in _all)
        {
            output.WriteByte((byte)';');
            parameter.WriteTo(output);
        }
    }

    /// <summary>Equal in any order, since no parameter's meaning depends on its place.</summary>
    public bool Equals(HeaderParameters? other) =>
        other is not null && Count == other.Count
        && Array.TrueForAll(_all, p => other.Raw(p.Name) is { } value && value == (p.Value ?? ""));

    public override bool Equals(object? obj) => Equals(obj as HeaderParameters);

    public override int GetHashCode() => Count;

    public IEnumerator<HeaderParameter> GetEnumerator() => ((IEnumerable<HeaderParameter>)_all).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    int IndexOf(string name)
    {
        for (var i = 0; i < _all.Length; i++)
            if (_all[i].IsNamed(name)) return i;
        return -1;
    }
}
