using System.Globalization;
using System.Text;
using TeleCube.Actors.Subscriptions.Watching;
using TeleCube.Sip.Headers;

namespace TeleCube.Actors.Subscriptions.Documents;

/// <summary>application/dialog-info+xml (RFC 4235): always the whole state, so that a lost document is mended by the next.</summary>
static class DialogInfo
{
    /// <summary>RFC 3323 §4.1.1.3.</summary>
    const string Anonymous = "sip:anonymous@anonymous.invalid";

    public static byte[] Of(SipUri entity, uint version, IEnumerable<WatchedDialog> dialogs)
    {
        var text = new StringBuilder(XmlText.Declaration);
        text.Append("<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\"");
        text.Append(CultureInfo.InvariantCulture, $" version=\"{version}\" state=\"full\" entity=\"{XmlText.Of(entity.ToString())}\">\n");
        foreach (var dialog in dialogs) Write(text, entity, dialog);
        return text.Append("</dialog-info>\n").Bytes();
    }

    static void Write(StringBuilder text, SipUri entity, WatchedDialog dialog)
    {
        text.Append(CultureInfo.InvariantCulture, $"<dialog id=\"{XmlText.Of(dialog.Id)}\"");
        foreach (var (name, value) in new[] { ("call-id", dialog.CallId), ("local-tag", dialog.LocalTag), ("remote-tag", dialog.RemoteTag) })
            if (value is not null) text.Append(CultureInfo.InvariantCulture, $" {name}=\"{XmlText.Of(value)}\"");
        text.Append(CultureInfo.InvariantCulture, $" direction=\"{(dialog.IsCaller ? "initiator" : "recipient")}\">\n<state>{NameOf(dialog.State)}</state>\n");
        if (dialog.State is not WatchedState.Terminated)
        {
            Party(text, "local", entity.ToString(), null);
            Party(text, "remote", dialog.Remote is { } remote ? entity.WithUser(remote).ToString() : Anonymous, dialog.RemoteName);
        }

        text.Append("</dialog>\n");
    }

    static void Party(StringBuilder text, string side, string uri, string? name)
    {
        var display = name is { Length: > 0 } ? $" display=\"{XmlText.Of(name)}\"" : "";
        text.Append(CultureInfo.InvariantCulture, $"<{side}><identity{display}>{XmlText.Of(uri)}</identity><target uri=\"{XmlText.Of(uri)}\"/></{side}>\n");
    }

    static string NameOf(WatchedState state) => state switch
    {
        WatchedState.Trying => "trying",
        WatchedState.Early => "early",
        WatchedState.Confirmed => "confirmed",
        _ => "terminated",
    };
}
