using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>auth-scheme LWS auth-param *( COMMA auth-param ) (RFC 3261 §25.1): what credentials and challenges have in common.</summary>
public sealed class AuthParameters(string scheme, IReadOnlyList<HeaderParameter> all)
{
    public string Scheme { get; } = scheme;

    /// <summary>In order, values in their wire form.</summary>
    public IReadOnlyList<HeaderParameter> All { get; } = all;

    /// <summary>The value without its quotes; null if absent.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var parameter in All)
                if (parameter.IsNamed(name)) return HeaderParameter.Unquote(parameter.Value ?? "");
            return null;
        }
    }

    public static bool TryParse(ReadOnlySpan<byte> value, string scheme, [MaybeNullWhen(false)] out AuthParameters parsed)
    {
        parsed = null;
        var reader = new SipReader(value);
        if (!reader.TryReadToken(out var name) || !Ascii.EqualsIgnoreCase(name, scheme) || !reader.TrySkipWhitespace()) return false;
        var all = new List<HeaderParameter>(10);
        do
        {
            if (!HeaderParameter.TryRead(ref reader, out var parameter) || parameter.Value is null) return false;
            if (!HeaderParameters.TryAdd(all, parameter)) return false;
        }
        while (reader.TrySkipSeparator((byte)','));
        if (!reader.TryEnd()) return false;
        parsed = new(scheme, all);
        return true;
    }

    // Digest realm="atlanta.com", nonce="84a4cc6f", algorithm=MD5
    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteText(Scheme);
        for (var i = 0; i < All.Count; i++)
        {
            output.Write(i == 0 ? " "u8 : ", "u8);
            All[i].WriteTo(output);
        }
    }
}
