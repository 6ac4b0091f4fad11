using System.Buffers;

namespace TeleCube.Sip.Parsing;

/// <summary>The character classes of RFC 3261 §25.1, one per ABNF name.</summary>
public static class SipChars
{
    const string Alphanum = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const string Mark = "-_.!~*'()";

    /// <summary>token = 1*(alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~").</summary>
    public static readonly SearchValues<byte> Token = Class(Alphanum + "-.!%*_+`'~");

    /// <summary>word, of which a Call-ID is made.</summary>
    public static readonly SearchValues<byte> Word = Class(Alphanum + "-.!%*_+`'~()<>:\\\"/[]?{}@");

    /// <summary>hostname and IPv4address; "_" is not in the grammar but in many a private DNS.</summary>
    public static readonly SearchValues<byte> Host = Class(Alphanum + "-._");

    /// <summary>What stands between the brackets of an IPv6reference.</summary>
    public static readonly SearchValues<byte> IPv6 = Class("0123456789abcdefABCDEF:.");

    /// <summary>phonedigit-hex of a tel: URI with its visual separators (RFC 3966 §3).</summary>
    public static readonly SearchValues<byte> TelephoneDigit = Class("0123456789abcdefABCDEF+*#-.()");

    public static readonly SearchValues<byte> Digit = Class("0123456789");

    /// <summary>scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ).</summary>
    public static readonly SearchValues<byte> Scheme = Class(Alphanum + "+-.");

    /// <summary>user; a bare "#" is let in, since phones send feature codes (*21#) unescaped.</summary>
    public static readonly SearchValues<byte> User = Class(Alphanum + Mark + "&=+$,;?/%#");

    public static readonly SearchValues<byte> Password = Class(Alphanum + Mark + "&=+$,%");

    /// <summary>paramchar of a uri-parameter.</summary>
    public static readonly SearchValues<byte> UriParameter = Class(Alphanum + Mark + "[]/:&+$%");

    /// <summary>hname and hvalue; a bare "@" or "=" is let in, since transferers forget to escape a Call-ID.</summary>
    public static readonly SearchValues<byte> UriHeader = Class(Alphanum + Mark + "[]/?:+$%@;=");

    /// <summary>Characters of an absoluteURI whose scheme is unknown: uric of RFC 2396.</summary>
    public static readonly SearchValues<byte> Uric = Class(Alphanum + Mark + ";/?:@&=+$,%#[]");

    /// <summary>gen-value without quotes: more than a token, since addresses and paths are common there.</summary>
    public static readonly SearchValues<byte> ParameterValue = Class(Alphanum + "-.!%*_+`'~[]:/@?=()$&{}|^#");

    /// <summary>display-name without quotes: tokens, and what phones put there besides; bytes above 127 are UTF-8.</summary>
    public static readonly SearchValues<byte> DisplayName = SearchValues.Create(DisplayNameBytes());

    /// <summary>Unescaped in a user when we write one.</summary>
    internal static readonly SearchValues<char> SafeInUser = SearchValues.Create(Alphanum + Mark + "&=+$,;?/");

    internal static readonly SearchValues<char> SafeInPassword = SearchValues.Create(Alphanum + Mark + "&=+$,");

    internal static readonly SearchValues<char> SafeInUriParameter = SearchValues.Create(Alphanum + Mark + "[]/:&+$");

    internal static readonly SearchValues<char> SafeInUriHeader = SearchValues.Create(Alphanum + Mark + "[]/?:+$");

    internal static readonly SearchValues<char> TokenText = SearchValues.Create(Alphanum + "-.!%*_+`'~");

    static SearchValues<byte> Class(string members) => SearchValues.Create(members.Select(c => (byte)c).ToArray());

    static byte[] DisplayNameBytes() =>
        [.. Enumerable.Range(0x20, 0xE0).Select(b => (byte)b).Where(b => b != 0x7F && !"<>,;\"\\".Contains((char)b))];
}
