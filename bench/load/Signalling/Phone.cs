using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using TeleCube.Load.Rtp;
using TeleCube.Load.Targets;

namespace TeleCube.Load.Signalling;

/// <summary>Many phones on one UDP port: dials, answers everything at once, and behaves in a dialog (re-INVITE, UPDATE, BYE).</summary>
sealed class Phone : IDisposable
{
    static readonly TimeSpan RingsAtMost = TimeSpan.FromSeconds(20);
    static readonly TimeSpan Rings = TimeSpan.FromMilliseconds(20);

    readonly ConcurrentDictionary<string, Leg> _legs = new(StringComparer.Ordinal);
    readonly Func<RtpStream?> _streamForIncoming;
    readonly Target _target;
    readonly SipWire _wire;

    public Phone(IPEndPoint local, Target target, Func<RtpStream?> streamForIncoming)
    {
        _target = target;
        _streamForIncoming = streamForIncoming;
        _wire = new(local, target.Address, Requested, Strayed);
    }

    /// <summary>Somebody hung up on us; the stream is free again.</summary>
    public event Action<Leg>? HungUp;

    /// <summary>An incoming call was taken and its caller's media address is known.</summary>
    public event Action<Leg>? Taken;

    public int Repeated => _wire.Repeated;

    public async Task Register(TargetUser user)
    {
        var address = $"<sip:{user.Name}@{_target.Domain}>";
        var (callId, tag, uri) = (Fresh(), Fresh(), $"sip:{_target.Domain}");
        SipText Request(int sequence) => new SipText($"REGISTER {uri} SIP/2.0")
            .With("Via", Via()).With("Max-Forwards", "70").With("From", $"{address};tag={tag}").With("To", address).With("Call-ID", callId)
            .With("CSeq", $"{sequence} REGISTER").With("Contact", $"<sip:{user.Name}@{_wire.Local}>").With("Expires", "3600");

        var response = await _wire.Request(Request(1), RingsAtMost);
        if (response is { Status: 401 or 407 })
        {
            var (header, value) = Digest.Answer(response, "REGISTER", uri, user);
            response = await _wire.Request(Request(2).With(header, value), RingsAtMost);
        }
        if (response is not { Status: 200 }) throw new LoadException($"{user.Name} could not register: {response?.StartLine ?? "no answer"}");
    }

    /// <summary>The leg once it is answered; the status and no leg when it is not.</summary>
    public async Task<(Leg? Leg, int Status)> Dial(TargetUser from, string callee, RtpStream stream)
    {
        var leg = new Leg(Fresh(), Fresh(), stream) { RemoteTarget = $"sip:{callee}@{_target.Domain}" };
        leg.LocalAddress = $"<sip:{from.Name}@{_target.Domain}>;tag={leg.LocalTag}";
        leg.RemoteAddress = $"<{leg.RemoteTarget}>";
        var invite = Invite(leg, from);
        var response = await _wire.Request(invite, RingsAtMost);
        if (response is { Status: 401 or 407 })
        {
            Refuse(invite, response);
            var credentials = Digest.Answer(response, "INVITE", leg.RemoteTarget, from);
            leg.Sequence++;
            invite = Invite(leg, from).With(credentials.Header, credentials.Value);
            response = await _wire.Request(invite, RingsAtMost);
        }
        if (response is not { Status: 200 })
        {
            if (response is not null) Refuse(invite, response);
            return (null, response?.Status ?? 408);
        }
        leg.RemoteAddress = response.First("To");
        leg.RemoteTarget = SipText.Uri(response.First("Contact"));
        leg.Route = [.. response.All("Record-Route").SelectMany(routes => routes.Split(',')).Select(route => route.Trim()).Reverse()];
        stream.Peer = SessionText.Media(response.Body);
        leg.Acknowledgement = Within(leg, "ACK");
        _legs[leg.CallId] = leg;
        _wire.Send(leg.Acknowledgement);
        return (leg, 200);
    }

    public async Task<bool> HangUp(Leg leg)
    {
        _legs.TryRemove(leg.CallId, out _);
        leg.Sequence++;
        return await _wire.Request(Within(leg, "BYE"), RingsAtMost) is { Status: 200 or 481 };
    }

    public void Dispose() => _wire.Dispose();

    SipText Invite(Leg leg, TargetUser from)
    {
        var invite = Within(leg, "INVITE").With("Contact", $"<sip:{from.Name}@{_wire.Local}>")
            .With("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE").With("Content-Type", "application/sdp");
        invite.Body = SessionText.For(leg.Stream!.Local);
        return invite;
    }

    SipText Within(Leg leg, string method) => new SipText($"{method} {leg.RemoteTarget} SIP/2.0")
        .With("Via", Via()).With("Route", leg.Route).With("Max-Forwards", "70").With("From", leg.LocalAddress).With("To", leg.RemoteAddress)
        .With("Call-ID", leg.CallId).With("CSeq", $"{leg.Sequence} {method}");

    /// <summary>The ACK of a final response other than 2xx belongs to the INVITE's transaction (RFC 3261 §17.1.1.3).</summary>
    void Refuse(SipText invite, SipText response) => _wire.Send(
        new SipText(invite.StartLine.Replace("INVITE ", "ACK ", StringComparison.Ordinal))
            .With("Via", invite.First("Via")).With("Max-Forwards", "70").With("From", invite.First("From")).With("To", response.First("To"))
            .With("Call-ID", invite.CallId).With("CSeq", invite.First("CSeq").Replace("INVITE", "ACK", StringComparison.Ordinal)));

    void Requested(SipText request, IPEndPoint from)
    {
        _legs.TryGetValue(request.CallId, out var leg);
        switch (request.Method)
        {
            case "ACK":
                leg?.Unacknowledged?.TrySetResult();
                break;
            case "INVITE":
                _ = Answer(request, leg, from);
                break;
            case "BYE":
                _wire.Send(request.Answer(leg is null ? 481 : 200, leg is null ? "Call Does Not Exist" : "OK"), from);
                if (leg is null || !_legs.TryRemove(leg.CallId, out _)) break;
                leg.Ended.TrySetResult();
                HungUp?.Invoke(leg);
                break;
            default:
                _wire.Send(request.Answer(200, "OK", "load"), from);
                break;
        }
    }

    async Task Answer(SipText invite, Leg? leg, IPEndPoint from)
    {
        if (leg is { Ringing: true } or { Unacknowledged: { Task.IsCompleted: false } }) return; // a repetition: the 200 comes, or is repeated anyway
        if (leg is null)
        {
            if (_streamForIncoming() is not { } stream)
            {
                _wire.Send(invite.Answer(486, "Busy Here", Fresh()), from);
                return;
            }
            leg = new(invite.CallId, Fresh(), stream) { RemoteAddress = invite.First("From"), RemoteTarget = SipText.Uri(invite.First("Contact")), Ringing = true };
            leg.LocalAddress = $"{invite.First("To")};tag={leg.LocalTag}";
            leg.Route = [.. invite.All("Record-Route").SelectMany(routes => routes.Split(',')).Select(route => route.Trim())];
            _legs[leg.CallId] = leg;
            _wire.Send(invite.Answer(180, "Ringing", leg.LocalTag).With("Contact", Contact), from);
            await Task.Delay(Rings); // a target with several workers may swap two responses sent in one breath
            leg.Ringing = false;
        }
        if (SessionText.Media(invite.Body) is { } media) leg.Stream!.Peer = media;
        Taken?.Invoke(leg);
        leg.Unacknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var ok = invite.Answer(200, "OK", leg.LocalTag).With("Contact", Contact).With("Content-Type", "application/sdp");
        ok.Body = SessionText.For(leg.Stream!.Local);
        _wire.Send(ok, from);
        _ = _wire.RepeatUntil(leg.Unacknowledged.Task, ok, from);
    }

    /// <summary>A 2xx whose transaction is over is a repeated one: its ACK was lost.</summary>
    void Strayed(SipText response)
    {
        if (response is { Status: 200, CSeqMethod: "INVITE" } && _legs.TryGetValue(response.CallId, out var leg) && leg.Acknowledgement is { } acknowledgement)
            _wire.Send(acknowledgement);
    }

    string Contact => $"<sip:{_wire.Local}>";

    string Via() => $"SIP/2.0/UDP {_wire.Local};branch=z9hG4bK{Fresh()};rport";

    static string Fresh() => RandomNumberGenerator.GetHexString(16, lowercase: true);
}
