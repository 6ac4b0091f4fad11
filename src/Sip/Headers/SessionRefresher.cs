namespace TeleCube.Sip.Headers;

/// <summary>Who refreshes a session (RFC 4028 §4).</summary>
public enum SessionRefresher
{
    Unspecified,
    Uac,
    Uas,
}
