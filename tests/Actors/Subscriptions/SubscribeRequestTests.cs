using TeleCube.Actors.Numbers;
using TeleCube.Actors.Subscriptions;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Tests.Calls;

namespace TeleCube.Actors.Tests.Subscriptions;

/// <summary>What may be watched, and how a SUBSCRIBE that can't be taken is refused.</summary>
public sealed class SubscribeRequestTests
{
    static (int? Refused, SubscribeRequest? Wanted) Read(string watched, string package = "dialog", int? expires = 600, string more = "")
    {
        var request = WatchHouse.Message($"SUBSCRIBE sip:{watched}@pbx.test SIP/2.0", 1, "c", null, package, expires, more);
        var refusal = SubscribeRequest.TryRead(request, new CallTable().Tenant, new Extension(ExtensionNumber.Parse("12")), WatchHouse.Options, out var wanted);
        return (refusal?.Status, wanted);
    }

    [Theory]
    [InlineData("11", "dialog", 600, "", null)]
    [InlineData("firmaabcde_11", "dialog;id=7", 60, "", null)]
    [InlineData("11", "presence", null, "Accept: application/pidf+xml, text/plain\r\n", null)]
    [InlineData("12", "message-summary", 0, "", null)]
    [InlineData("11", "message-summary", 600, "", 403)] // nobody else's mailbox
    [InlineData("11", "conference", 600, "", 489)]
    [InlineData("11", "refer", 600, "", 489)]
    [InlineData("11", "dialog", 59, "", 423)]
    [InlineData("11", "dialog", 600, "Accept: application/pidf+xml\r\n", 406)]
    [InlineData("13", "dialog", 600, "", 404)]
    [InlineData("othercompany_11", "dialog", 600, "", 404)]
    [InlineData("+48943401128", "dialog", 600, "", 404)]
    public void A_subscription_is_taken_or_refused(string watched, string package, int? expires, string more, int? status) =>
        Assert.Equal(status, Read(watched, package, expires, more).Refused);

    [Fact]
    public void Without_an_event_there_is_nothing_to_watch()
    {
        var request = WatchHouse.Message("SUBSCRIBE sip:11@pbx.test SIP/2.0", 1, "c", null, "dialog", 600);
        request.Headers.Remove(TeleCube.Sip.Messages.SipHeaderName.Event);
        Assert.Equal(489, SubscribeRequest.TryRead(request, new CallTable().Tenant, new Extension(ExtensionNumber.Parse("12")), WatchHouse.Options, out _)?.Status);
    }

    [Fact]
    public void More_than_the_most_is_the_most()
    {
        Assert.Equal(WatchHouse.Options.MaxExpires, Read("11", expires: 86400).Wanted!.Lifetime);
        Assert.Equal(WatchHouse.Options.MaxExpires, Read("11", expires: null).Wanted!.Lifetime);
        Assert.Equal(("7", "11"), Read("firmaabcde_11", "dialog;id=7").Wanted is var wanted ? (wanted!.EventId, wanted.Watched) : default);
    }
}
