using System.Globalization;
using System.Net;

namespace TeleCube.Load.Signalling;

/// <summary>The one session that the bench offers and answers: G.711 A-law in 20 ms packets.</summary>
static class SessionText
{
    public static string For(IPEndPoint media) => string.Create(
        CultureInfo.InvariantCulture,
        $"v=0\r\no=load 1 1 IN IP{Family(media)} {media.Address}\r\ns=-\r\nc=IN IP{Family(media)} {media.Address}\r\nt=0 0\r\nm=audio {media.Port} RTP/AVP 8 101\r\n")
        + "a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n";

    /// <summary>Where the other side wants its audio, null when its description says nothing usable.</summary>
    public static IPEndPoint? Media(string description)
    {
        IPAddress? address = null;
        var port = 0;
        foreach (var line in description.Split('\n').Select(line => line.Trim()))
        {
            var words = line.Split(' ');
            if (line.StartsWith("c=IN ", StringComparison.Ordinal) && words.Length >= 3) address = IPAddress.TryParse(words[2], out var parsed) ? parsed : address;
            if (line.StartsWith("m=audio ", StringComparison.Ordinal)) port = int.TryParse(words[1], CultureInfo.InvariantCulture, out var number) ? number : 0;
        }
        return address is not null && port > 0 ? new(address, port) : null;
    }

    static char Family(IPEndPoint media) => media.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? '6' : '4';
}
