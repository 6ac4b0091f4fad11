using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>Whether who calls wants to be unknown (RFC 3323 §4, RFC 3325 §9.3): by Privacy, or by a From that names nobody.</summary>
static class CallerPrivacy
{
    /// <summary>A value that we can read counts, also in a header that is broken otherwise: who asked to be hidden must not be shown.</summary>
    public static bool IsAskedFor(SipRequest invite) =>
        IsAskedByHeader(invite) || Is(invite.From.Uri.Host, "anonymous.invalid") || Is(invite.From.Uri.User, "anonymous");

    /// <summary>The From of a response is that of the request, whoever answers it.</summary>
    public static bool IsAskedFor(SipMessage message) => message is SipRequest request ? IsAskedFor(request) : IsAskedByHeader(message);

    static bool IsAskedByHeader(SipMessage message) => message.Headers.All(SipHeaderName.Privacy).Any(privacy => privacy.Split(';', ',').Any(Hides));

    static bool Hides(string value) => Is(value.Trim(), "id") || Is(value.Trim(), "user") || Is(value.Trim(), "header");

    static bool Is(string? value, string name) => string.Equals(value, name, StringComparison.OrdinalIgnoreCase);
}
