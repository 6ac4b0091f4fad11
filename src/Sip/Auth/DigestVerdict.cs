namespace TeleCube.Sip.Auth;

/// <summary>What a server thinks of credentials.</summary>
public enum DigestVerdict
{
    Accepted,

    /// <summary>The password is right, the nonce too old or forgotten: challenge again with stale=true, no guess was made.</summary>
    Stale,

    /// <summary>The same count again: a replay, or a lost answer; challenge again and count it.</summary>
    Replayed,
    WrongPassword,
    UnknownUser,

    /// <summary>The password is right, the nonce not one of ours, or of a key long gone: challenge again with stale=true.</summary>
    UnknownNonce,

    /// <summary>A parameter is missing (RFC 7616 §3.4 asks for qop, cnonce and nc): 400.</summary>
    Malformed,

    /// <summary>qop=auth-int was not offered: 400.</summary>
    UnsupportedQop,

    /// <summary>An algorithm that was not offered: 400.</summary>
    UnsupportedAlgorithm,
}

/// <summary>What follows from verdicts.</summary>
public static class DigestVerdicts
{
    /// <summary>The status to answer with; <paramref name="challenge"/> is 401 or 407.</summary>
    public static int Status(this DigestVerdict verdict, int challenge) => verdict switch
    {
        DigestVerdict.Accepted => 200,
        DigestVerdict.Malformed or DigestVerdict.UnsupportedQop or DigestVerdict.UnsupportedAlgorithm => 400,
        _ => challenge,
    };

    /// <summary>A reason phrase that helps whoever reads a trace.</summary>
    public static string? Reason(this DigestVerdict verdict) => verdict switch
    {
        DigestVerdict.Malformed => "Incomplete Digest Credentials",
        DigestVerdict.UnsupportedQop => "Only qop=auth Is Supported",
        DigestVerdict.UnsupportedAlgorithm => "Only MD5 And SHA-256 Are Supported",
        _ => null,
    };

    /// <summary>Somebody may be guessing: what the ban counts.</summary>
    public static bool IsSuspicious(this DigestVerdict verdict) =>
        verdict is DigestVerdict.WrongPassword or DigestVerdict.UnknownUser or DigestVerdict.Replayed;
}
