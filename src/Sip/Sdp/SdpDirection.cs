namespace TeleCube.Sip.Sdp;

/// <summary>Which way media flows, seen by who wrote the description (RFC 8866 §6.7); the numbers are bits: 1 sends, 2 receives.</summary>
public enum SdpDirection
{
    Inactive = 0,
    SendOnly = 1,
    RecvOnly = 2,
    SendRecv = 3,
}
