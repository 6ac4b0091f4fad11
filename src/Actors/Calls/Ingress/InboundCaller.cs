using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Text;
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
    const int MostDigits = 15; // E.164 §6.1

    /// <summary><paramref name="company"/> is whom it calls: a carrier that brings a call from that company's own number was told a tale.</summary>
    public static (string? Number, string? Name) Of(SipRequest invite, TrunkConfig trunk, TenantState? company = null)
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
        if (DialledNumber.TryParse(user, out var read) && read is DialledNumber.Emergency) return (null, null); // nor is help, which calls back from a number
        var number = TrunkNumbers.Normalise(trunk.NumbersIn, user);
        if (number is { } own && company?.PhoneNumbers.ContainsKey(own) == true) return (null, null);
        var name = identity.DisplayName is { Length: > 0 } shown && shown != user ? ShownText.Of(shown) : null;
        return (number?.Value ?? (user is { Length: > 0 and <= MostDigits } && user.All(char.IsAsciiDigit) ? user : null), name);
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
