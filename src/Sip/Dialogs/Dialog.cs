using System.Text.Json.Serialization;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Dialogs;

/// <summary>
/// One side of a dialog (RFC 3261 §12): what a request within it is built from and checked against. Immutable, and JSON for the journal.
/// </summary>
public sealed record Dialog
{
    public required string CallId { get; init; }
    public required string LocalTag { get; init; }
    public string? RemoteTag { get; init; }

    /// <summary>Our address without its tag, as From and To had it.</summary>
    public required NameAddress Local { get; init; }
    public required NameAddress Remote { get; init; }

    /// <summary>The number of our last request; 0 before the first.</summary>
    public uint LocalSeq { get; init; }

    /// <summary>The highest number received; null before the first.</summary>
    public uint? RemoteSeq { get; init; }

    public IReadOnlyList<NameAddress> RouteSet { get; init; } = [];

    /// <summary>Where the peer's Contact says it is.</summary>
    public required SipUri RemoteTarget { get; init; }

    /// <summary>Made by a sips: URI over TLS (§12.1).</summary>
    public bool Secure { get; init; }

    public DialogPhase Phase { get; init; }

    /// <summary>The peer's Allow names UPDATE (RFC 3311 §4).</summary>
    public bool TakesUpdate { get; init; }

    [JsonIgnore]
    public DialogId Id => new(CallId, LocalTag, RemoteTag);

    /// <summary>
    /// What the next request is sent to: the first route if there is one, else the peer itself (§12.2.1.1, also for a strict router).
    /// </summary>
    [JsonIgnore]
    public SipUri NextHop => RouteSet.Count > 0 ? RouteSet[0].Uri : RemoteTarget;

    /// <summary>As UAS, from the request that we answer with our tag (§12.1.1); null if it has no Contact to reach the peer at.</summary>
    public static Dialog? AsServer(SipRequest request, string localTag, DialogPhase phase = DialogPhase.Early)
    {
        if (request.Contact is not { Uri: { IsSip: true } target }) return null;
        return new Dialog
        {
            CallId = request.CallId,
            LocalTag = localTag,
            RemoteTag = request.From.Tag,
            Local = request.To.WithTag(null),
            Remote = request.From.WithTag(null),
            RemoteSeq = request.CSeq.Number,
            RouteSet = request.RecordRoutes,
            RemoteTarget = target,
            Secure = request.Uri.IsSecure,
            Phase = phase,
            TakesUpdate = request.Allows(SipMethod.Update),
        };
    }

    /// <summary>
    /// As UAC, from our request and a 101 to 299 (§12.1.2). A peer that forgot its Contact is looked for where the request went.
    /// </summary>
    public static Dialog AsClient(SipRequest request, SipResponse response) => new()
    {
        CallId = response.CallId,
        LocalTag = request.From.Tag ?? "",
        RemoteTag = response.To.Tag,
        Local = request.From.WithTag(null),
        Remote = request.To.WithTag(null),
        LocalSeq = request.CSeq.Number,
        RouteSet = [.. response.RecordRoutes.Reverse()],
        RemoteTarget = TargetIn(response) ?? request.Uri,
        Secure = request.Uri.IsSecure,
        Phase = response.IsSuccess ? DialogPhase.Confirmed : DialogPhase.Early,
        TakesUpdate = response.Allows(SipMethod.Update),
    };

    /// <summary>As UAC, from the 2xx alone: a fork of an INVITE that is settled (§13.2.2.4). From and To are those of our INVITE.</summary>
    public static Dialog OfFork(SipResponse success)
    {
        var invite = new SipRequest(SipMethod.Invite, success.Contact?.Uri ?? success.To.Uri)
        {
            From = success.From,
            To = success.To.WithTag(null),
            CSeq = success.CSeq,
        };
        return AsClient(invite, success);
    }

    public Dialog Terminate() => this with { Phase = DialogPhase.Terminated };

    /// <summary>After a take-over: requests since the last journaled one are not known, so the numbers leave room for them.</summary>
    public Dialog WithLocalSeqJump(uint by) => this with { LocalSeq = LocalSeq + by };

    /// <summary>
    /// Takes the peer's new Contact from a target refresh (§12.2): a request that we
    /// accept with 2xx, or the 2xx to ours. The route set stays.
    /// </summary>
    public Dialog RefreshedBy(SipMessage message) =>
        IsTargetRefresh(message.CSeq.Method) && TargetIn(message) is { } target && (message is SipRequest || ((SipResponse)message).IsSuccess)
            ? this with { RemoteTarget = target }
            : this;

    /// <summary>Checks a request that came within this dialog; its number is noted in the dialog returned (§12.2.2).</summary>
    public DialogCheck Accepts(SipRequest request)
    {
        if (DialogId.OfReceived(request) != Id || Phase == DialogPhase.Terminated)
            return new(this, new SipRefusal(481, "Call/Transaction Does Not Exist"));
        if (request.Method == SipMethod.Ack || request.Method == SipMethod.Cancel) return new(this, null);
        var number = request.CSeq.Number;
        if (RemoteSeq is { } last && number < last) return new(this, new SipRefusal(500, "CSeq Out Of Order"));
        return new(this with { RemoteSeq = number }, null);
    }

    /// <summary>The ACK of a 2xx to our INVITE with that number (§13.2.2.4).</summary>
    public SipRequest Ack(uint inviteSeq) => Request(SipMethod.Ack, inviteSeq);

    /// <summary>The same, with the credentials that the INVITE had: nobody can challenge an ACK (§22.1).</summary>
    public SipRequest Ack(SipRequest invite)
    {
        var ack = Ack(invite.CSeq.Number);
        ack.Headers.CopyFrom(invite.Headers, SipHeaderName.Authorization);
        ack.Headers.CopyFrom(invite.Headers, SipHeaderName.ProxyAuthorization);
        return ack;
    }

    /// <summary>
    /// A request within the dialog: Request-URI, Route, From, To, Call-ID, CSeq,
    /// Max-Forwards (§12.2.1.1). Contact and Via are others' work.
    /// </summary>
    public SipRequest Request(SipMethod method, uint number)
    {
        var strict = RouteSet.Count > 0 && !RouteSet[0].Uri.IsLooseRoute;
        var request = new SipRequest(method, strict ? RouteSet[0].Uri : RemoteTarget)
        {
            From = Local.WithTag(LocalTag.Length > 0 ? LocalTag : null),
            To = Remote.WithTag(RemoteTag),
            CallId = CallId,
            CSeq = new CSeq(number, method),
        };
        request.Set(MaxForwards.Initial);
        if (RouteSet.Count > 0)
            request.Routes = strict ? [.. RouteSet.Skip(1), new NameAddress(RemoteTarget)] : RouteSet; // a strict router eats the Request-URI
        return request;
    }

    static SipUri? TargetIn(SipMessage message) => message.Contact is { Uri: { IsSip: true } uri } ? uri : null;

    static bool IsTargetRefresh(SipMethod method) =>
        method == SipMethod.Invite || method == SipMethod.Update
        || method == SipMethod.Subscribe || method == SipMethod.Notify || method == SipMethod.Refer;
}
