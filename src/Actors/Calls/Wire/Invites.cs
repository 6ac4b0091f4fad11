using System.Globalization;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Trunks;
using TeleCube.Sip.Auth;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>The INVITEs that a call sends: to a phone, to a carrier, again with credentials, and again within the dialog.</summary>
static class Invites
{
    const int DefaultMaxForwards = 70;

    /// <summary>A challenge, a stale nonce and an interval that is too small: more is no honest server.</summary>
    const uint MostTries = 4;

    public static SentInvite ToPhone(Turn turn, Leg leg, LiveContact phone, CallerId from)
    {
        var invite = New(
            turn, leg, phone.Uri, phone.Target, Shown(turn, from), from.Hidden, new NameAddress(SipUri.Sip(((Party.Phone)leg.Party).Extension, turn.World.Sip.Host)));
        foreach (var route in phone.Routes) invite.Headers.Add(SipHeaderName.Route, route);
        if (from.DivertedFrom is { } diverted)
            foreach (var (name, value) in Forwarding.Headers(diverted, turn.World.Sip.HostInUri, invite.To.Uri, from)) invite.Headers.Add(name, value);
        return Sent(turn, leg, invite, phone.Target);
    }

    public static SentInvite ToCarrier(Turn turn, Leg leg, Carrier carrier, RouteStep.Dial dial)
    {
        var trunk = carrier.Config;
        var number = DialledNumber.TryParse(dial.Number, out var dialled) ? TrunkNumbers.Format(trunk.NumbersOut, dialled) : dial.Number;
        var uri = SipUri.Sip(number, trunk.Host, trunk.Port == 5060 ? null : trunk.Port);
        if (trunk.Transport is not TrunkTransport.Udp) uri = uri.WithParameter("transport", trunk.Transport is TrunkTransport.Tls ? "tls" : "tcp");

        var identity = CarrierIdentity.Of(turn, trunk, dial);
        var invite = New(turn, leg, uri, carrier.Target, identity.From, dial.From.Hidden && !dial.Emergency, new NameAddress(SipUri.Sip(number, trunk.Host)));
        foreach (var (name, value) in identity.Headers) invite.Headers.Add(name, value);
        if (dial.OnNet) ProveOurs(turn, invite, dialled);
        return Sent(turn, leg, invite, carrier.Target);
    }

    static void ProveOurs(Turn turn, SipRequest invite, DialledNumber? dialled)
    {
        var own = dialled is DialledNumber.Public(var number) && turn.World.View.OwnerOf(number) == turn.Call.Tenant ? OnNet.CallerOf(turn.Call) : null;
        invite.Headers.Add(OnNet.Header, turn.World.Sip.OnNet.Sign(invite.CallId, own));
        if (own is not null) invite.Headers.Add(OnNet.CallerHeader, own);
    }

    /// <summary>
    /// Answers a 401 or 407 with credentials, a 422 with the interval that the peer asks for, and a 488 to SRTP with plain RTP (a phone or
    /// carrier may speak TLS and no SRTP), and a 415 with the session description alone; each once. Null where there is nothing to answer with.
    /// </summary>
    public static Leg? TryRepeat(Turn turn, Leg leg, SipResponse refusal)
    {
        var sent = leg.Sent!;
        var (again, media) = (sent.Request.Copy(), leg.Media!);
        switch (refusal.Status)
        {
            case 401 or 407 when MayTryAgain(leg, sent.Request):
                if (leg.Party is not Party.Outside(var trunk, _) || turn.World.Carriers.Find(trunk)?.Config.CredentialsOut is not { } credentials) return null;
                if (!new DigestClient(credentials.User, credentials.Password, turn.World.Sip.Random).TryAnswer(sent.Request, refusal, again)) return null;
                break;
            case 422 when SessionTimer.TryAskForMore(again, refusal): break;
            case 488 or 606 when !leg.Up && media.CryptoSuite is not null:
                media = CallSdp.Offer(media with { Version = media.Version + 1 }, secure: false, Dialling.Preferred(turn));
                PassedBodies.PutAgain(again, media.LocalSdp!);
                break;
            case 415 when !leg.Up && PassedBodies.TryLeaveOut(again): break;
            default:
                return null;
        }

        return Repeated(turn, leg, again, media);
    }

    /// <summary>The leg with its INVITE as it goes out once more: the same call to the peer, another transaction.</summary>
    public static Leg Repeated(Turn turn, Leg leg, SipRequest again, LegMedia media)
    {
        again.CSeq = new CSeq(turn.NextCSeq(leg), SipMethod.Invite);
        again.Headers.Remove(SipHeaderName.Via);
        return leg with { Media = media, Sent = leg.Sent! with { Request = again, Seed = Seed(turn, leg, again) } };
    }

    static bool MayTryAgain(Leg leg, SipRequest sent) => leg.Up
        ? !sent.Headers.Has(SipHeaderName.Authorization) && !sent.Headers.Has(SipHeaderName.ProxyAuthorization)
        : sent.CSeq.Number < MostTries;

    /// <summary>A re-INVITE with this session description.</summary>
    public static SentInvite Again(Turn turn, Leg leg, LegMedia media)
    {
        var target = turn.World.Sip.TargetOf(leg.Dialog!, leg.Target, leg.Party);
        var invite = leg.Dialog!.Request(SipMethod.Invite, turn.NextCSeq(leg));
        Describe(turn, invite, target);
        CallSdp.Put(invite, media.LocalSdp!);
        leg.Timer?.AskAgain(invite, turn.World.Options.MinSessionExpires);
        return Sent(turn, leg, invite, target);
    }

    static SipRequest New(Turn turn, Leg leg, SipUri uri, SipTarget target, NameAddress from, bool hidden, NameAddress to)
    {
        var invite = new SipRequest(SipMethod.Invite, uri);
        invite.Headers.Add(SipHeaderName.MaxForwards, MaxForwards(turn).ToString(CultureInfo.InvariantCulture));
        invite.From = from.WithTag(leg.LocalTag);
        invite.To = to;
        invite.CallId = $"{turn.Call.Id}-{leg.Number}-{leg.LocalTag[^8..]}@{turn.World.Sip.Host}";
        invite.CSeq = new CSeq(1, SipMethod.Invite);
        Describe(turn, invite, target);
        SessionTimer.Ask(invite, turn.World.Options.SessionExpires, turn.World.Options.MinSessionExpires);
        var sdp = leg.Media!.LocalSdp!;
        if (turn.Call[turn.Call.Waiting] is { Received.Request: { } original, Party: var caller })
        {
            foreach (var (name, value) in PassedHeaders.Of(original, caller)) invite.Headers.Add(name, value);
            PassedBodies.Put(invite, sdp, original, caller, hidden);
        }
        else
        {
            CallSdp.Put(invite, sdp);
        }

        return invite;
    }

    static void Describe(Turn turn, SipRequest invite, SipTarget target)
    {
        invite.Contact = turn.World.Sip.ContactFor(target, invite.Uri.IsSecure);
        invite.Headers.Set(SipHeaderName.Allow, CallSip.Allow);
        invite.Headers.Set(SipHeaderName.Supported, CallSip.Supported);
        invite.Headers.Set(SipHeaderName.UserAgent, turn.World.Sip.Server);
    }

    /// <summary>Our own phones see the caller's number and name; a hidden one is anonymous (RFC 3323 §4.1.1.3).</summary>
    static NameAddress Shown(Turn turn, CallerId from) => from.Hidden || from.Number is null
        ? new NameAddress("Anonymous", SipUri.Sip("anonymous", "anonymous.invalid"))
        : new NameAddress(from.Name ?? from.Number, SipUri.Sip(from.Number, turn.World.Sip.Host));

    static SentInvite Sent(Turn turn, Leg leg, SipRequest invite, SipTarget target) =>
        new() { Request = invite, Target = target, Seed = Seed(turn, leg, invite) };

    /// <summary>Repeatable: call, leg and CSeq name the transaction.</summary>
    static string Seed(Turn turn, Leg leg, SipRequest invite) => $"{turn.Call.Id}-{leg.Number}-{invite.CSeq.Number}";

    /// <summary>A loop through us and another exchange ends by Max-Forwards (RFC 3261 §16.6.3), so it goes on counting down.</summary>
    static int MaxForwards(Turn turn) =>
        turn.Call[turn.Call.Waiting]?.Received?.Request.Headers.First(SipHeaderName.MaxForwards) is { } text && int.TryParse(text, out var left)
            ? Math.Clamp(left - 1, 0, DefaultMaxForwards)
            : DefaultMaxForwards;
}
