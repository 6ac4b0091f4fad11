using System.Buffers;
using System.Buffers.Text;
using System.Net;

namespace TeleCube.Sip.Parsing;

/// <summary>A cursor over one header value or line; every <c>Try…</c> either consumes what it names or leaves the cursor alone.</summary>
public ref struct SipReader(ReadOnlySpan<byte> text)
{
    readonly ReadOnlySpan<byte> _text = text;

    public int Position { get; private set; }

    public readonly bool End => Position >= _text.Length;

    public readonly ReadOnlySpan<byte> Rest => _text[Position..];

    public readonly bool IsAt(byte character) => Position < _text.Length && _text[Position] == character;

    public void SkipWhitespace()
    {
        while (Position < _text.Length && _text[Position] is (byte)' ' or (byte)'\t') Position++;
    }

    /// <summary>LWS: at least one blank.</summary>
    public bool TrySkipWhitespace()
    {
        var before = Position;
        SkipWhitespace();
        return Position > before;
    }

    public bool TrySkip(byte character)
    {
        if (!IsAt(character)) return false;
        Position++;
        return true;
    }

    public void SkipOne()
    {
        if (!End) Position++;
    }

    /// <summary>Nothing is left but blanks.</summary>
    public bool TryEnd()
    {
        var before = Position;
        SkipWhitespace();
        if (End) return true;
        Position = before;
        return false;
    }

    /// <summary>SEMI, COMMA, SLASH, EQUAL, COLON: the character with blanks around it.</summary>
    public bool TrySkipSeparator(byte character)
    {
        var before = Position;
        SkipWhitespace();
        if (!TrySkip(character))
        {
            Position = before;
            return false;
        }
        SkipWhitespace();
        return true;
    }

    /// <summary>The longest run of one class, at least one byte.</summary>
    public bool TryRead(SearchValues<byte> members, out ReadOnlySpan<byte> run)
    {
        var rest = Rest;
        var length = rest.IndexOfAnyExcept(members);
        if (length < 0) length = rest.Length;
        run = rest[..length];
        Position += length;
        return length > 0;
    }

    public bool TryReadToken(out ReadOnlySpan<byte> token) => TryRead(SipChars.Token, out token);

    /// <summary>1*DIGIT that fits into 32 bits.</summary>
    public bool TryReadUInt32(out uint number)
    {
        var before = Position;
        if (TryRead(SipChars.Digit, out var digits) && Utf8Parser.TryParse(digits, out number, out var used) && used == digits.Length)
            return true;
        Position = before;
        number = 0;
        return false;
    }

    /// <summary>quoted-string; <paramref name="inner"/> is what stands between the quotes, quoted-pairs still in it.</summary>
    public bool TryReadQuoted(out ReadOnlySpan<byte> inner)
    {
        inner = default;
        if (!IsAt((byte)'"')) return false;
        for (var i = Position + 1; i < _text.Length; i++)
        {
            if (_text[i] == (byte)'\\') i++;
            else if (_text[i] == (byte)'"')
            {
                inner = _text[(Position + 1)..i];
                Position = i + 1;
                return true;
            }
        }
        return false;
    }

    /// <summary>Everything before the character, which is consumed too.</summary>
    public bool TryReadTo(byte character, out ReadOnlySpan<byte> before)
    {
        before = default;
        var length = Rest.IndexOf(character);
        if (length < 0) return false;
        before = Rest[..length];
        Position += length + 1;
        return true;
    }

    /// <summary>host = hostname / IPv4address / IPv6reference; the brackets of the last are not part of the result.</summary>
    public bool TryReadHost(out ReadOnlySpan<byte> host)
    {
        if (!IsAt((byte)'[')) return TryRead(SipChars.Host, out host);
        var before = Position++;
        if (TryReadTo((byte)']', out host) && IsIPv6(host)) return true;
        Position = before;
        return false;
    }

    /// <summary>[ ":" port ]; false only if a colon is followed by no port.</summary>
    public bool TryReadOptionalPort(out int? port)
    {
        port = null;
        if (!TrySkip((byte)':')) return true;
        if (!TryReadUInt32(out var number) || number > IPEndPoint.MaxPort) return false;
        port = (int)number;
        return true;
    }

    internal static bool IsIPv6(ReadOnlySpan<byte> text) =>
        !text.ContainsAnyExcept(SipChars.IPv6) && text.Contains((byte)':') && IPAddress.TryParse(text, out _);
}
