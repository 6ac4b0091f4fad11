namespace TeleCube.Sip.Sdp;

/// <summary>A line that we only carry along: i=, u=, e=, p=, b=, r=, z=, k= (RFC 8866 §5).</summary>
public readonly record struct SdpLine(char Type, string Value);
