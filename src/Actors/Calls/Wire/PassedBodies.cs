using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Sdp;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>
/// What a caller's INVITE carries beside its session description (RFC 5621) goes on beside ours, by the rules of <see cref="PassedHeaders"/>: nothing that
/// would speak for us, nothing of a stranger's that a phone would ring by or fetch, and where the caller hides, not where he is. Bounded, for it stands in
/// the journal.
/// </summary>
static class PassedBodies
{
    const int MostParts = 8;
    const int MostBytes = 8192;

    /// <summary>An INVITE is refused for a part that must be understood and that does not go on: nobody would ever understand it (RFC 5621 §8).</summary>
    public static SipRefusal? Refusal(SipRequest invite, Party sender)
    {
        if (IsPlain(invite)) return null;
        var (count, bytes) = (0, 0);
        foreach (var part in MultipartBody.Read(invite).Parts.Where(part => !part.IsSession && !part.IsOptional))
        {
            if (!MayPass(part, sender)) return new(415, $"{part.Type.Type}/{part.Type.Subtype} Is Not Passed On");
            if (++count > MostParts) return new(413, $"More Than {MostParts} Body Parts");
            if ((bytes += part.Length) > MostBytes) return new(413, $"Body Parts Of More Than {MostBytes} Bytes");
        }

        return null;
    }

    /// <summary>
    /// Puts our session description into our INVITE, and what goes on of the caller's body and of its words on where he is (RFC 6442); less of it where he is
    /// hidden from who is called.
    /// </summary>
    public static void Put(SipRequest invite, string sdp, SipRequest original, Party sender, bool hidden)
    {
        var parts = Parts(original, sender).Where(part => !(hidden && IsLocation(part, original))).ToList();
        Put(invite, sdp, parts);
        if (hidden || NamesOtherThan(invite, parts)) invite.Headers.Remove(SipHeaderName.Geolocation);
    }

    /// <summary>Another session description of ours; what goes with it stays.</summary>
    public static void PutAgain(SipRequest invite, string sdp) => Put(invite, sdp, Besides(invite));

    /// <summary>Many know nothing but session descriptions (415); they get that alone, if the caller lets what else there is be passed over.</summary>
    public static bool TryLeaveOut(SipRequest invite)
    {
        var parts = Besides(invite);
        if (parts.Count == 0 || !parts.TrueForAll(part => part.IsOptional) || MultipartBody.FindSdp(invite) is not { } sdp) return false;
        invite.SetBody(SessionDescription.ContentType, sdp);
        invite.Headers.Remove(SipHeaderName.MimeVersion);
        if (NamesOtherThan(invite, [])) invite.Headers.Remove(SipHeaderName.Geolocation);
        return true;
    }

    /// <summary>What the caller had us pass on in this INVITE of ours.</summary>
    public static List<BodyPart> Besides(SipRequest invite) => [.. MultipartBody.Parts(invite).Where(part => !part.IsSession)];

    static void Put(SipRequest invite, string sdp, List<BodyPart> parts)
    {
        CallSdp.Put(invite, sdp);
        if (parts.Count > 0) MultipartBody.Put(invite, [MultipartBody.Parts(invite)[0], .. parts]);
    }

    /// <summary>What must be understood comes first where there is no room for all.</summary>
    static List<BodyPart> Parts(SipRequest original, Party sender)
    {
        if (IsPlain(original)) return [];
        var passed = MultipartBody.Parts(original).Where(part => !part.IsSession && MayPass(part, sender)).ToList();
        var (room, kept) = (MostBytes, new HashSet<BodyPart>(ReferenceEqualityComparer.Instance));
        foreach (var part in passed.OrderBy(part => part.IsOptional))
        {
            if (kept.Count == MostParts || part.Length > room) continue;
            room -= part.Length;
            kept.Add(part);
        }

        return [.. passed.Where(kept.Contains)];
    }

    /// <summary>
    /// Another session description (RFC 3959) would lead audio past us. Signalling of the telephone network (RFC 3204) names the numbers of the call that came,
    /// whatever we may show of them. By the others a phone rings, or fetches what it is told to.
    /// </summary>
    static bool MayPass(BodyPart part, Party sender) =>
        !part.Type.IsSdp && !part.Type.Is("application", "isup") && !part.Type.Is("application", "qsig")
        && (sender is Party.Phone || !(part.Is("alert") || part.Is("icon") || part.Type.Is("message", "external-body")));

    /// <summary>As nearly all are: nothing, or a session description and nothing else.</summary>
    static bool IsPlain(SipRequest invite) => invite.Body.IsEmpty || invite.HasSdp;

    static bool IsLocation(BodyPart part, SipRequest original) =>
        part.Type.Is("application", "pidf+xml") || (part.Id is { } id && Located(original).Any(name => Names(name, id)));

    /// <summary>A cid: that leads nowhere would have the call refused (424, RFC 6442 §4.3).</summary>
    static bool NamesOtherThan(SipRequest invite, List<BodyPart> parts) =>
        Located(invite).Any(name => name.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) && !parts.Exists(part => part.Id is { } id && Names(name, id)));

    static IEnumerable<string> Located(SipRequest request) =>
        request.Headers.Tokens(SipHeaderName.Geolocation).Select(value => value.Split(';')[0].Trim('<', '>', ' '));

    static bool Names(string location, string id) =>
        location.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) && Uri.UnescapeDataString(location[4..]) == id;
}
