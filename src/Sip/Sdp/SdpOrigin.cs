using System.Globalization;

namespace TeleCube.Sip.Sdp;

/// <summary>
/// o=username sess-id sess-version nettype addrtype unicast-address (RFC 8866 §5.2). Ids are text, for some peers write more than
/// digits.
/// </summary>
public sealed record SdpOrigin(string UserName, string SessionId, string Version, SdpConnection Address)
{
    public SdpOrigin(ulong sessionId, ulong version, string address)
        : this("-", sessionId.ToString(CultureInfo.InvariantCulture), version.ToString(CultureInfo.InvariantCulture), SdpConnection.To(address))
    {
    }

    /// <summary>The version as a number; 0 if it is none.</summary>
    public ulong VersionNumber => ulong.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>For a changed description (RFC 3264 §8): one more.</summary>
    public SdpOrigin Next(ulong step = 1) => this with { Version = unchecked(VersionNumber + step).ToString(CultureInfo.InvariantCulture) };

    internal static SdpOrigin? Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 6 ? new(words[0], words[1], words[2], new(words[3], words[4], words[5])) : null;
    }

    // - 2890844526 2890842807 IN IP4 10.47.16.5
    public override string ToString() => $"{UserName} {SessionId} {Version} {Address}";
}
