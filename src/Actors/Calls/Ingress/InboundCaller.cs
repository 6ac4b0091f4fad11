using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Numbers;
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
        if (CallerPrivacy.IsAskedFor(invite)) return (null, null);
        var identity = trunk.CallerId.Asserted switch
        {
            IdentityHeader.PAssertedIdentity => Address(invite.Headers.First(SipHeaderName.PAssertedIdentity)) ?? invite.From,
            IdentityHeader.RemotePartyId => Address(invite.Headers.First(SipHeaderName.RemotePartyId)) ?? invite.From,
            _ => invite.From,
        };
        var user = identity.Uri.Number;
        if (ExtensionNumber.TryParse(user, out _)) return (null, null); // nobody outside is one of ours
        var name = identity.DisplayName is { Length: > 0 } shown && shown != user ? shown : null;
        return (TrunkNumbers.Normalise(trunk.NumbersIn, user)?.Value ?? (user is { Length: > 0 } && user.All(char.IsAsciiDigit) ? user : null), name);
    }

    /// <summary>How often it was forwarded: the latest diversion counts them all, or each has an entry of its own (RFC 5806).</summary>
    public static int HopsOf(SipRequest invite) => Math.Max(invite.Get<Diversion>()?.Counter ?? 0, invite.Headers.All(SipHeaderName.Diversion).Count());

    /// <summary>The first of a list of addresses; a broken one counts as absent.</summary>
    static NameAddress? Address(string? value)
    {
        var first = value?.Split(">,")[0];
        if (first is not null && first.Length < value!.Length) first += ">";
        return NameAddress.TryParse(first, out var address) ? address : null;
    }
}
