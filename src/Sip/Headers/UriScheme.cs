namespace TeleCube.Sip.Headers;

/// <summary>The schemes that we understand; a request to another one gets 416.</summary>
public enum UriScheme
{
    Sip,
    Sips,
    Tel,
    Other,
}
