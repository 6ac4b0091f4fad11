using TeleCube.Actors.Trunks;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Ingress;

/// <summary>
/// Who calls through a trunk, by that trunk's caller-ID policy: the asserted identity,
/// never more than the carrier vouches for. Withheld is null.
/// </summary>
static class InboundCaller
{
    public static (string? Number, string? Name) Of(SipRequest invite, TrunkConfig trunk)
    {
        if (Withheld(invite)) return (null, null);
        var identity = trunk.CallerId.Asserted switch
        {
            IdentityHeader.PAssertedIdentity => Address(invite.Headers.First(SipHeaderName.PAssertedIdentity)) ?? invite.From,
            IdentityHeader.RemotePartyId => Address(invite.Headers.First(SipHeaderName.RemotePartyId)) ?? invite.From,
            _ => invite.From,
        };
        var number = TrunkNumbers.Normalise(trunk.NumbersIn, identity.Uri.User);
        var name = identity.DisplayName is { Length: > 0 } shown && shown != identity.Uri.User ? shown : null;
        return (number?.Value ?? (identity.Uri.User is { Length: > 0 } user && user.All(char.IsAsciiDigit) ? user : null), name);
    }

    /// <summary>How often it was forwarded: the latest diversion counts them all, or each has an entry of its own (RFC 5806).</summary>
    public static int HopsOf(SipRequest invite) => Math.Max(invite.Get<Diversion>()?.Counter ?? 0, invite.Headers.All(SipHeaderName.Diversion).Count());

    /// <summary>RFC 3323: the caller asked for privacy; and From as carriers write a withheld number.</summary>
    static bool Withheld(SipRequest invite) =>
        (invite.Headers.First(SipHeaderName.Privacy) is { } privacy && privacy.Split(';', ',').Any(value => value.Trim() is "id" or "user" or "header"))
        || invite.From.Uri.Host.Equals("anonymous.invalid", StringComparison.OrdinalIgnoreCase)
        || string.Equals(invite.From.Uri.User, "anonymous", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first of a list of addresses; a broken one counts as absent.</summary>
    static NameAddress? Address(string? value)
    {
        var first = value?.Split(">,")[0];
        if (first is not null && first.Length < value!.Length) first += ">";
        return NameAddress.TryParse(first, out var address) ? address : null;
    }
}
