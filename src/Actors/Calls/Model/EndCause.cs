using System.Text.Json.Serialization;

namespace TeleCube.Actors.Calls.Model;

/// <summary>
/// Why a leg or a call ended: a kebab-case code (<c>hung-up</c>, <c>busy</c>, <c>no-answer</c>,
/// …), the SIP status that says it on the wire, and a text for people.
/// </summary>
public sealed record EndCause(string Code, int Status, string Text)
{
    /// <summary>What the far end said besides, for the other party; bounded, in no call record, and by which no cause is another.</summary>
    public IReadOnlyList<SaidHeader>? Said { get; init; }

    /// <summary>Without what is said to the other party alone.</summary>
    [JsonIgnore]
    public EndCause Plain => Said is null ? this : this with { Said = null };

    /// <summary>A record's own would print <see cref="Plain"/>, and so itself without end.</summary>
    public override string ToString() => $"{Code} ({Status} {Text})";

    public bool Equals(EndCause? other) => other is not null && (Code, Status, Text) == (other.Code, other.Status, other.Text);

    public override int GetHashCode() => HashCode.Combine(Code, Status, Text);

    public static readonly EndCause HungUp = new("hung-up", 200, "Normal call clearing");
    public static readonly EndCause Cancelled = new("cancelled", 487, "Caller gave up");
    public static readonly EndCause Elsewhere = new("answered-elsewhere", 200, "Call completed elsewhere");
    public static readonly EndCause Busy = new("busy", 486, "Busy here");
    public static readonly EndCause DoNotDisturb = new("do-not-disturb", 480, "Do not disturb");
    public static readonly EndCause NoAnswer = new("no-answer", 480, "No answer");
    public static readonly EndCause Unreachable = new("unreachable", 480, "Not registered or not reachable");
    public static readonly EndCause NoSuchNumber = new("no-such-number", 404, "Number is not assigned");
    public static readonly EndCause UnknownCode = new("unknown-code", 404, "The code stands for nothing");
    public static readonly EndCause NotAllowed = new("destination-not-allowed", 403, "Destination not allowed for this extension");
    public static readonly EndCause NoTrunk = new("no-trunk", 503, "No trunk is free for this number");
    public static readonly EndCause TrunkSilent = new("trunk-silent", 408, "The carrier did not answer");
    public static readonly EndCause NoMedia = new("no-media-port", 503, "No media port is free");
    public static readonly EndCause NoCodec = new("no-common-codec", 488, "PCMA or PCMU is needed");
    public static readonly EndCause TooManyHops = new("forward-loop", 482, "Forwarded too many times");
    public static readonly EndCause TooManyServers = new("too-many-hops", 483, "Too many servers on the way: Max-Forwards is used up");
    public static readonly EndCause Transferred = new("transferred", 200, "Transferred");
    public static readonly EndCause MediaLost = new("media-lost", 200, "No audio from the peer");
    public static readonly EndCause SessionExpired = new("session-expired", 408, "Session timer expired");
    public static readonly EndCause NotAcknowledged = new("not-acknowledged", 408, "The answer was never acknowledged");
    public static readonly EndCause TooLong = new("maximum-duration", 200, "Maximum duration reached");
    public static readonly EndCause LostInRestart = new("lost-in-restart", 500, "The exchange was restarted before the call was answered");
    public static readonly EndCause StorageAway = new("storage-away", 503, "Storage is away");
    public static readonly EndCause Completed = new("completed", 200, "The exchange has done what it was called for");
    public static readonly EndCause NotStorable = new("not-storable", 500, "The call can't be recorded");
    public static readonly EndCause SchemeEnded = new("scheme-ended", 480, "The scheme ended the call");
    public static readonly EndCause SchemeGone = new("scheme-gone", 404, "The scheme, or an element of it, is gone");
    public static readonly EndCause SchemeLoop = new("scheme-loop", 482, "The scheme goes round and round");
    public static readonly EndCause NotAccepted = new("not-accepted", 480, "Answered, but did not press 1");
    public static readonly EndCause CallBack = new("call-back", 200, "Will be called back");
    public static readonly EndCause CallBackNotTaken = new("call-back-not-taken", 480, "No consultant took the call-back; the caller's place is kept");
    public static readonly EndCause NothingToPickUp = new("nothing-to-pick-up", 480, "No call rings that may be picked up");
    public static readonly EndCause NothingParked = new("nothing-parked", 480, "No call is parked there");
    public static readonly EndCause NotTakenUp = new("not-taken-up", 480, "Nobody took the parked call up");
    public static readonly EndCause Redirected = new("redirected", 302, "The phone sent the call elsewhere");
    public static readonly EndCause NotTakenByOrderer = new("not-taken-by-orderer", 480, "Who ordered the call did not take it");
    public static readonly EndCause PeerGone = new("peer-gone", 481, "The peer no longer knew the call after a restart");

    /// <summary>The cause for a final response of a far end, keeping its status and phrase where the caller can make use of them.</summary>
    public static EndCause Of(int status, string phrase) => status switch
    {
        486 or 600 => new("busy", status, phrase),
        603 or 607 => new("declined", status, phrase),
        // A challenge is between the carrier and us; passed on, the caller would try its own password again and again.
        401 or 407 => new("refused", 502, $"Our credentials were not accepted ({status})"),
        408 => new("no-answer", status, phrase),
        480 or 410 or 404 or 604 => new("unreachable", status, phrase),
        487 => new("cancelled", status, phrase),
        488 or 606 => new("no-common-codec", status, phrase),
        < 400 => new("refused", 480, $"A redirection is not followed ({status} {phrase})"), // without its Contact it would tell nothing
        // What was wrong with our INVITE, the caller cannot mend in its own.
        413 or 415 or 420 or 421 or 422 or 423 or 494 => new("refused", 502, $"The peer did not take our INVITE ({status} {phrase})"),
        _ => new("refused", status, phrase),
    };
}
