using System.Buffers;
using System.Collections;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>
/// headers = "?" hname "=" hvalue *( "&amp;" header ) (RFC 3261 §25.1), such as the Replaces within a Refer-To; values kept escaped.
/// </summary>
public sealed class UriHeaders : IReadOnlyList<HeaderParameter>
{
    public static readonly UriHeaders Empty = new([]);

    const int MaxCount = 64;

    readonly HeaderParameter[] _all;

    UriHeaders(HeaderParameter[] all) => _all = all;

    public int Count => _all.Length;

    public HeaderParameter this[int index] => _all[index];

    /// <summary>The unescaped value of the first header of that name; null if absent.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var header in _all)
                if (header.IsNamed(name)) return UriEscapes.Unescape(header.Value ?? "");
            return null;
        }
    }

    public UriHeaders With(string name, string value) =>
        new([.. _all, new(UriEscapes.Escape(name, SipChars.SafeInUriHeader), UriEscapes.Escape(value, SipChars.SafeInUriHeader))]);

    public UriHeaders Without(string name) => new(Array.FindAll(_all, h => !h.IsNamed(name)));

    internal static bool TryParse(ReadOnlySpan<byte> text, out UriHeaders headers)
    {
        headers = Empty;
        var all = new List<HeaderParameter>(2);
        foreach (var range in text.Split((byte)'&'))
        {
            var header = text[range];
            var equals = header.IndexOf((byte)'=');
            if (all.Count == MaxCount || equals < 1) return false;
            if (header.ContainsAnyExcept(SipChars.UriHeader) || !UriEscapes.AreSound(header)) return false;
            all.Add(new(WireText.Text(header[..equals]), WireText.Text(header[(equals + 1)..])));
        }
        headers = new([.. all]);
        return true;
    }

    internal void WriteTo(IBufferWriter<byte> output)
    {
        for (var i = 0; i < _all.Length; i++)
        {
            output.WriteByte(i == 0 ? (byte)'?' : (byte)'&');
            _all[i].WriteTo(output);
        }
    }

    public IEnumerator<HeaderParameter> GetEnumerator() => ((IEnumerable<HeaderParameter>)_all).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
