using System.Globalization;
using System.Text;
using TeleCube.Sip.Headers;

namespace TeleCube.Actors.Subscriptions.Documents;

/// <summary>
/// application/pidf+xml (RFC 3863): open where a phone is registered, with what the extension is doing as a note for people and as an activity for phones
/// (RFC 4480).
/// </summary>
static class PresenceInfo
{
    public static byte[] Of(SipUri entity, bool isOpen, bool talks, bool away)
    {
        var (activity, note) = away ? ("away", "Do not disturb") : talks ? ("on-the-phone", "On the phone") : (null, isOpen ? "Available" : "Not registered");
        var (uri, id) = (XmlText.Of($"pres:{entity.User}@{entity.Host}"), XmlText.Of($"t{entity.User}"));
        var text = new StringBuilder(XmlText.Declaration);
        text.Append(
            "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\" "
            + "xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\"");
        text.Append(CultureInfo.InvariantCulture, $" entity=\"{uri}\">\n<tuple id=\"{id}\"><status><basic>{(isOpen ? "open" : "closed")}</basic></status>");
        text.Append(CultureInfo.InvariantCulture, $"<contact>{XmlText.Of(entity.ToString())}</contact><note xml:lang=\"en\">{note}</note></tuple>\n");
        if (activity is not null)
            text.Append(CultureInfo.InvariantCulture, $"<dm:person id=\"p{id}\"><rpid:activities><rpid:{activity}/></rpid:activities></dm:person>\n");
        return text.Append("</presence>\n").Bytes();
    }
}
