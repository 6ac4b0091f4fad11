using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Trunks;
using TeleCube.Sip.Headers;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>What a carrier is told of the caller, by the trunk's caller-ID policy (PRODUCT §2; RFC 3323, 3325, 5806).</summary>
sealed record CarrierIdentity(NameAddress From, IReadOnlyList<(string Name, string Value)> Headers)
{
    public static CarrierIdentity Of(Turn turn, TrunkConfig trunk, RouteStep.Dial dial)
    {
        var host = turn.World.Sip.Host;
        var caller = dial.From;
        if (NumberShown(trunk, caller) is not { } number) return new CarrierIdentity(Anonymous(), []);

        var shown = DialledNumber.TryParse(number, out var parsed) ? TrunkNumbers.Format(trunk.NumbersOut, parsed) : number;
        var uri = SipUri.Sip(shown, host);
        var headers = new List<(string, string)>();
        var hidden = caller.Hidden && !dial.Emergency;
        if (trunk.CallerId.Asserted is IdentityHeader.PAssertedIdentity && !(hidden && trunk.CallerId.Privacy is PrivacyStyle.AnonymousFrom))
            headers.Add(("P-Asserted-Identity", $"<{uri}>"));
        if (trunk.CallerId.Asserted is IdentityHeader.RemotePartyId)
            headers.Add(("Remote-Party-ID", $"<{uri}>;party=calling;screen=yes;privacy={(hidden ? "full" : "off")}"));
        if (hidden && trunk.CallerId.Privacy is PrivacyStyle.PrivacyHeader) headers.Add(("Privacy", "id"));
        // extensions are nobody's business
        if (caller.DivertedFrom is { } diverted && DialledNumber.TryParse(diverted, out var own) && own is DialledNumber.Public)
        {
            var by = TrunkNumbers.Format(trunk.NumbersOut, own);
            var target = DialledNumber.TryParse(dial.Number, out var dialled) ? TrunkNumbers.Format(trunk.NumbersOut, dialled) : dial.Number;
            headers.AddRange(Forwarding.Headers(by, turn.World.Sip.HostInUri, SipUri.Sip(target, trunk.Host), caller));
        }

        return new CarrierIdentity(hidden ? Anonymous() : new NameAddress(uri), headers);
    }

    /// <summary>Null: there is none to show.</summary>
    public static string? NumberShown(TrunkConfig trunk, CallerId caller) => FallsBack(trunk, caller) ? caller.Fallback : caller.Number ?? caller.Fallback;

    /// <summary>A number that is not ours goes out on a forwarded call only, and only by a trunk that may show it.</summary>
    public static bool FallsBack(TrunkConfig trunk, CallerId caller) =>
        caller.Number is not null && caller.Number != caller.Fallback && !(trunk.CallerId.AllowsForeign && caller.DivertedFrom is not null);

    static NameAddress Anonymous() => new("Anonymous", SipUri.Sip("anonymous", "anonymous.invalid"));
}
