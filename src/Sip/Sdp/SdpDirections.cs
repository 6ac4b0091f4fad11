namespace TeleCube.Sip.Sdp;

/// <summary>The arithmetic of directions (RFC 3264 §6.1).</summary>
public static class SdpDirections
{
    public static bool Sends(this SdpDirection direction) => (direction & SdpDirection.SendOnly) != 0;

    public static bool Receives(this SdpDirection direction) => (direction & SdpDirection.RecvOnly) != 0;

    /// <summary>The same stream seen by the other side: sendonly there is recvonly here.</summary>
    public static SdpDirection Reversed(this SdpDirection direction) =>
        (direction.Sends() ? SdpDirection.RecvOnly : 0) | (direction.Receives() ? SdpDirection.SendOnly : 0);

    /// <summary>What may be answered to an offer by one who wants <paramref name="wanted"/>: never more than the offer allows.</summary>
    public static SdpDirection AnswerTo(SdpDirection offered, SdpDirection wanted) => offered.Reversed() & wanted;

    public static string Text(this SdpDirection direction) => direction switch
    {
        SdpDirection.SendRecv => "sendrecv",
        SdpDirection.SendOnly => "sendonly",
        SdpDirection.RecvOnly => "recvonly",
        _ => "inactive",
    };

    internal static SdpDirection? Of(string attribute) => attribute switch
    {
        "sendrecv" => SdpDirection.SendRecv,
        "sendonly" => SdpDirection.SendOnly,
        "recvonly" => SdpDirection.RecvOnly,
        "inactive" => SdpDirection.Inactive,
        _ => null,
    };
}
