using System.Globalization;

namespace TeleCube.Sip.Sdp;

/// <summary>a=crypto:tag suite key-params [session-params] (RFC 4568 §9.1): the key of an SRTP stream, as one side sends it.</summary>
public sealed record SdpCrypto(int Tag, string Suite, string KeyParameters, string? SessionParameters = null)
{
    public const string AesCm80 = "AES_CM_128_HMAC_SHA1_80";
    public const string AesCm32 = "AES_CM_128_HMAC_SHA1_32";

    const string Inline = "inline:";

    /// <summary>Master key and salt of the first inline key; null if they cannot be read.</summary>
    public byte[]? KeyAndSalt
    {
        get
        {
            if (!KeyParameters.StartsWith(Inline, StringComparison.OrdinalIgnoreCase)) return null;
            var end = KeyParameters.AsSpan().IndexOfAny('|', ';');
            var text = end < 0 ? KeyParameters[Inline.Length..] : KeyParameters[Inline.Length..end];
            // Some leave the padding out.
            text = text.TrimEnd('=').PadRight((text.TrimEnd('=').Length + 3) / 4 * 4, '=');
            var bytes = new byte[text.Length];
            return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
        }
    }

    /// <summary>The key goes on with a master key identifier, which we do not handle.</summary>
    public bool HasMki => KeyParameters.Contains(':', StringComparison.Ordinal) && KeyParameters.LastIndexOf(':') > Inline.Length;

    /// <summary>A key that can be read, and nothing beside it that we do not handle.</summary>
    public bool IsPlain => SessionParameters is null && !HasMki && KeyAndSalt is not null;

    public static SdpCrypto Create(int tag, string suite, ReadOnlySpan<byte> keyAndSalt) =>
        new(tag, suite, Inline + Convert.ToBase64String(keyAndSalt));

    public static SdpCrypto? Parse(string value)
    {
        var words = value.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var tag)) return null;
        return new(tag, words[1], words[2], words.Length > 3 ? words[3] : null);
    }

    public override string ToString() =>
        SessionParameters is null ? $"{Tag} {Suite} {KeyParameters}" : $"{Tag} {Suite} {KeyParameters} {SessionParameters}";
}
