using System.Text;
using System.Xml.Linq;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Subscriptions;
using TeleCube.Actors.Subscriptions.Documents;
using TeleCube.Actors.Subscriptions.Watching;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Transactions;

namespace TeleCube.Actors.Tests.Subscriptions;

/// <summary>Documents are well formed whatever a phone has put into a name, and tags of ours are nobody else's.</summary>
public sealed class DocumentTests
{
    static readonly XNamespace _dialogInfo = "urn:ietf:params:xml:ns:dialog-info";
    static readonly SipUri _entity = SipUri.Parse("sip:11@pbx.test");

    [Fact]
    public void Names_cannot_break_out_of_a_document()
    {
        var hostile = new WatchedDialog("id\"<>&'", WatchedState.Early, false) { CallId = "a<b>\"@x", Remote = "\"><state>", RemoteName = "<b>&\u0001\uFFFE\r\n\"" };
        var document = XDocument.Parse(Encoding.UTF8.GetString(DialogInfo.Of(_entity, 4, [hostile])));
        var dialog = Assert.Single(document.Root!.Elements(_dialogInfo + "dialog"));
        Assert.Equal(("id\"<>&'", "a<b>\"@x"), (dialog.Attribute("id")!.Value, dialog.Attribute("call-id")!.Value));
        Assert.Equal("early", dialog.Element(_dialogInfo + "state")!.Value);
        var identity = dialog.Element(_dialogInfo + "remote")!.Element(_dialogInfo + "identity")!;
        Assert.Equal("<b>&\"", identity.Attribute("display")!.Value);
        Assert.True(SipUri.TryParse(identity.Value, out _));
    }

    [Fact]
    public void A_withheld_party_is_anonymous()
    {
        var text = Encoding.UTF8.GetString(DialogInfo.Of(_entity, 0, [new WatchedDialog("d", WatchedState.Confirmed, true)]));
        Assert.Contains("<remote><identity>sip:anonymous@anonymous.invalid</identity>", text, StringComparison.Ordinal);
        Assert.Contains("<local><identity>sip:11@pbx.test</identity>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false, false, "open", null)]
    [InlineData(true, true, false, "open", "on-the-phone")]
    [InlineData(true, true, true, "open", "away")]
    [InlineData(false, false, false, "closed", null)]
    public void Presence_is_basic_with_a_note(bool open, bool talks, bool away, string basic, string? activity)
    {
        var document = XDocument.Parse(Encoding.UTF8.GetString(PresenceInfo.Of(_entity, open, talks, away)));
        Assert.Equal(basic, document.Descendants(XName.Get("basic", "urn:ietf:params:xml:ns:pidf")).Single().Value);
        Assert.Equal(activity, document.Descendants(XName.Get("activities", "urn:ietf:params:xml:ns:pidf:rpid")).SingleOrDefault()?.Elements().Single().Name.LocalName);
    }

    [Fact]
    public void A_tag_names_its_watcher_and_cannot_be_made_up()
    {
        var tags = new SubscriptionTag(new byte[32], new SystemRandomSource());
        var tag = tags.Next(new TenantId("firma-a"), ExtensionNumber.Parse("120"));
        Assert.True(tags.TryRead(tag, out var watcher));
        Assert.Equal(EntityKinds.Subscriptions(new TenantId("firma-a"), ExtensionNumber.Parse("120")), watcher);
        foreach (var bad in new[] { null, "", "sub-", "sub-120", tag.Replace("120", "121", StringComparison.Ordinal), tag[..^1], tag + "0", $"x{tag}", "0-01hzzzzzzzzzzzzzzzzzzzzzzz-firma-1" })
            Assert.False(tags.TryRead(bad, out _), bad);
    }
}
