using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Subscriptions;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Tests.Calls;
using TeleCube.Actors.Voicemail;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using static TeleCube.Actors.Tests.Subscriptions.WatchHouse;

namespace TeleCube.Actors.Tests.Subscriptions;

/// <summary>A phone watches another extension (RFC 6665): told at once and of each change, in order and not too often, until it ends, also over a restart.</summary>
public sealed class SubscriptionsActorTests
{
    static readonly TimeSpan _between = TimeSpan.FromMilliseconds(200);

    static uint VersionOf(SipRequest notify) => uint.Parse(Regex.Match(Body(notify), " version=\"(\\d+)\"").Groups[1].Value, CultureInfo.InvariantCulture);

    static string? StateIn(SipRequest notify) => Regex.Match(Body(notify), "<state>(\\w+)</state>") is { Success: true } match ? match.Groups[1].Value : null;

    [Fact]
    public async Task A_watcher_is_answered_and_told_at_once()
    {
        await using var house = new WatchHouse();
        var answer = await house.Subscribe("11", expires: 300);
        Assert.Equal((200, TimeSpan.FromMinutes(5)), (answer.Status, answer.Expires));
        Assert.NotNull(answer.Contact);
        var notify = await house.Notified();
        Assert.Equal((answer.CallId, answer.To.Tag, "phone"), (notify.CallId, notify.From.Tag, notify.To.Tag));
        Assert.Equal(("dialog", "active;expires=300"), (notify.Get<Event>()!.Package, StateOf(notify).ToString()));
        Assert.Equal(("application/dialog-info+xml", 0u), (notify.ContentType, VersionOf(notify)));
        Assert.Contains("state=\"full\" entity=\"sip:11@pbx.test\"", Body(notify), StringComparison.Ordinal);
        Assert.DoesNotContain("<dialog ", Body(notify), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_is_told_from_ringing_to_its_end()
    {
        await using var house = new WatchHouse();
        await house.Subscribe("11");
        await house.Notified();

        house.Table.Dial("11");
        house.Table.Answer(1, 180);
        house.Publish();
        house.Clock.Advance(_between);
        var rings = await house.Notified();
        Assert.Equal((1u, "early"), (VersionOf(rings), StateIn(rings)));
        Assert.Contains("direction=\"recipient\"", Body(rings), StringComparison.Ordinal);
        Assert.Contains("<remote><identity display=\"Biuro 10\">sip:10@pbx.test</identity>", Body(rings), StringComparison.Ordinal);
        Assert.Contains($" local-tag=\"callee1\" remote-tag=\"{house.Table.Call.Legs[1].LocalTag}\"", Body(rings), StringComparison.Ordinal);

        house.Table.Answer(1, 200, "bob");
        house.Publish();
        house.Clock.Advance(_between);
        Assert.Equal("confirmed", StateIn(await house.Notified()));

        house.Table.FromCaller("ACK", 1);
        house.Table.FromCaller("BYE", 2);
        house.Publish();
        house.Clock.Advance(_between);
        var over = await house.Notified();
        Assert.Equal((3u, "terminated"), (VersionOf(over), StateIn(over)));
    }

    [Fact]
    public async Task The_caller_of_a_call_is_its_initiator()
    {
        await using var house = new WatchHouse();
        await house.Subscribe("10");
        Assert.Null(StateIn(await house.Notified()));
        house.Table.Dial("11");
        house.Publish();
        house.Clock.Advance(_between);
        var trying = await house.Notified();
        Assert.Equal("trying", StateIn(trying));
        Assert.Contains("direction=\"initiator\"", Body(trying), StringComparison.Ordinal);
        Assert.Contains("<identity>sip:11@pbx.test</identity>", Body(trying), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withheld_number_stays_withheld()
    {
        await using var house = new WatchHouse();
        var (own, eleven) = (E164.Parse("+48943401128"), ExtensionNumber.Parse("11"));
        house.Table.Tenant = house.Table.Tenant with { PhoneNumbers = house.Table.Tenant.PhoneNumbers.SetItem(own, new PhoneNumber(own) { ForwardTo = new ForwardTarget.ToExtension(eleven) }) };
        house.Table.Dial("+48943401128", new CallOrigin.Trunk("first", own, null, null));
        house.Publish();
        await house.Subscribe("11");
        Assert.Contains("<remote><identity>sip:anonymous@anonymous.invalid</identity>", Body(await house.Notified()), StringComparison.Ordinal);
        house.Table.Answer(1, 200, "bob");
        house.Publish();
        house.Clock.Advance(_between);
        Assert.Contains("<remote><identity>sip:anonymous@anonymous.invalid</identity>", Body(await house.Notified()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task News_is_told_five_times_a_second_at_most_and_the_last_state_always()
    {
        await using var house = new WatchHouse();
        await house.Subscribe("11");
        await house.Notified();
        house.Table.Dial("11");
        house.Publish();
        house.Table.Answer(1, 180);
        house.Publish();
        house.Table.Answer(1, 200, "bob");
        house.Publish();
        await house.Settle();
        Assert.True(house.Wire.IsQuiet); // 200 ms are not over
        house.Clock.Advance(_between);
        Assert.Equal("confirmed", StateIn(await house.Notified()));
        await house.Settle();
        house.Clock.Advance(_between);
        await house.Settle();
        Assert.True(house.Wire.IsQuiet);
    }

    [Fact]
    public async Task A_notify_waits_for_the_answer_to_the_one_before()
    {
        await using var house = new WatchHouse();
        await house.Subscribe("11");
        var (_, first) = await house.Wire.Sent();
        house.Table.Dial("11");
        house.Publish();
        house.Clock.Advance(_between);
        await house.Settle();
        Assert.True(house.Wire.IsQuiet);
        house.Region.Tell(Watcher, new SubscriptionMessage.Answered((NotifySent)first, 200));
        Assert.Equal("trying", StateIn(await house.Notified()));
    }

    [Theory]
    [InlineData(481)]
    [InlineData(408)] // no answer at all
    public async Task A_phone_that_knows_nothing_of_it_ends_its_subscription(int status)
    {
        await using var house = new WatchHouse();
        var begun = await house.Subscribe("11");
        await house.Notified(status);
        Assert.Equal(481, (await house.Again(begun, 2, 600)).Status);
        house.Table.Dial("11");
        house.Publish();
        house.Clock.Advance(_between);
        await house.Settle();
        Assert.True(house.Wire.IsQuiet);
        Assert.Equal(0, house.Board.CountOf(CallTable.Company));
    }

    [Fact]
    public async Task A_refresh_lengthens_it_and_tells_again()
    {
        await using var house = new WatchHouse();
        var begun = await house.Subscribe("11", expires: 100);
        await house.Notified();
        house.Clock.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(200, (await house.Again(begun, 2, 100)).Status);
        Assert.Equal("active;expires=100", StateOf(await house.Notified()).ToString());
        house.Clock.Advance(TimeSpan.FromSeconds(90));
        await house.Settle();
        Assert.True(house.Wire.IsQuiet);
        house.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("terminated;reason=timeout", StateOf(await house.Notified()).ToString());
        Assert.Equal(481, (await house.Again(begun, 3, 100)).Status);
    }

    [Fact]
    public async Task Zero_seconds_end_it()
    {
        await using var house = new WatchHouse();
        var begun = await house.Subscribe("11");
        await house.Notified();
        Assert.Equal((200, TimeSpan.Zero), ((await house.Again(begun, 2, 0)) is var answer ? answer.Status : 0, answer.Expires));
        Assert.True(StateOf(await house.Notified()).IsTerminated);
        Assert.Equal(481, (await house.Again(begun, 3, 600)).Status);
    }

    [Fact]
    public async Task Who_only_asks_once_is_told_once()
    {
        await using var house = new WatchHouse();
        var begun = await house.Subscribe("11", expires: 0);
        Assert.Equal(200, begun.Status);
        var notify = await house.Notified();
        Assert.True(StateOf(notify).IsTerminated);
        Assert.Contains("<dialog-info", Body(notify), StringComparison.Ordinal);
        Assert.Equal(481, (await house.Again(begun, 2, 600)).Status);
    }

    [Fact]
    public async Task Within_the_dialog_order_event_and_time_are_looked_at()
    {
        await using var house = new WatchHouse();
        var begun = await house.Subscribe("11");
        await house.Notified();
        Assert.Equal(481, (await house.Again(begun, 2, 600, package: "presence")).Status);
        var brief = await house.Again(begun, 3, 5);
        Assert.Equal((423, TimeSpan.FromMinutes(1)), (brief.Status, brief.Get<MinExpires>()!.Lifetime));
        Assert.Equal(200, (await house.Again(begun, 4, 600)).Status);
        Assert.Equal(500, (await house.Again(begun, 2, 600)).Status);
    }

    [Fact]
    public async Task A_subscription_survives_a_restart()
    {
        var first = new WatchHouse();
        var begun = await first.Subscribe("11");
        var told = await first.Notified();
        await first.DisposeAsync();

        await using var house = new WatchHouse(first.Store, first.Clock);
        house.Table.Dial("11");
        house.Publish();
        Assert.Equal([(CallTable.Company, "12")], await SubscriptionRows.Watchers(house.Store, house.Clock.GetUtcNow(), default));
        house.Region.Tell(Watcher, new SubscriptionMessage.Wake());
        var again = await house.Notified();
        Assert.Equal((told.CallId, told.From.Tag, told.To.Tag), (again.CallId, again.From.Tag, again.To.Tag));
        Assert.True(again.CSeq.Number > told.CSeq.Number && VersionOf(again) > VersionOf(told));
        Assert.Equal("trying", StateIn(again));
        Assert.Equal(200, (await house.Again(begun, 2, 600)).Status);
    }

    [Fact]
    public async Task What_expired_while_nobody_was_there_is_forgotten()
    {
        var first = new WatchHouse();
        await first.Subscribe("11");
        await first.Notified();
        await first.DisposeAsync();
        first.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Empty(await SubscriptionRows.Watchers(first.Store, first.Clock.GetUtcNow(), default));
        Assert.Empty(await SubscriptionRows.Of(first.Store, CallTable.Company, "12"));
    }

    [Fact]
    public async Task An_extension_watches_so_many_and_no_more()
    {
        await using var house = new WatchHouse();
        foreach (var n in Enumerable.Range(0, Options.PerExtension)) Assert.Equal(200, (await house.Subscribe("11", call: $"watch-{n}")).Status);
        Assert.Equal(403, (await house.Subscribe("11", call: "one-more")).Status);
    }

    [Fact]
    public async Task An_extension_that_is_deleted_is_watched_no_more()
    {
        await using var house = new WatchHouse();
        await house.Subscribe("11");
        await house.Notified();
        house.Tenants.Publish(house.Table.Tenant with { Extensions = house.Table.Tenant.Extensions.Remove(ExtensionNumber.Parse("11")) });
        house.Clock.Advance(_between);
        var last = await house.Notified();
        Assert.Equal("terminated;reason=noresource", StateOf(last).ToString());
        Assert.True(last.Body.IsEmpty);
    }

    [Fact]
    public async Task Presence_says_who_is_there_who_talks_and_who_wants_his_peace()
    {
        await using var house = new WatchHouse();
        await house.Subscribe("11", "presence");
        Assert.Contains("<basic>closed</basic>", Body(await house.Notified()), StringComparison.Ordinal);

        house.Table.Dial("11");
        house.Publish(); // it only rings: that is no news of presence
        await house.Settle();
        house.Clock.Advance(_between);
        await house.Settle();
        Assert.True(house.Wire.IsQuiet);
        house.Table.Answer(1, 200, "bob");
        house.Publish();
        Assert.Contains("<rpid:on-the-phone/>", Body(await house.Notified()), StringComparison.Ordinal);

        var eleven = ExtensionNumber.Parse("11");
        house.Tenants.Publish(house.Table.Tenant with { Extensions = house.Table.Tenant.Extensions.SetItem(eleven, house.Table.Tenant.Extensions[eleven] with { DoNotDisturb = true }) });
        house.Clock.Advance(_between);
        Assert.Contains("<rpid:away/>", Body(await house.Notified()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_message_lamp_follows_the_mailbox()
    {
        await using var house = new WatchHouse();
        await house.Subscribe("12", "message-summary");
        Assert.Equal("Messages-Waiting: no\r\nMessage-Account: sip:*9@pbx.test\r\nVoice-Message: 0/0 (0/0)\r\n", Body(await house.Notified()));
        var counts = new MailboxCounts(2, 1);
        var messages = new[] { "a", "b", "c" }.ToImmutableSortedDictionary(id => id, id => new VoicemailMessage(id, null, null, default, default, default) { HeardAt = id == "c" ? DateTimeOffset.UnixEpoch : null });
        house.Mailboxes.Publish(CallTable.Company, ExtensionNumber.Parse("12"), MailboxState.Initial with { Messages = messages });
        house.Said(new MailboxChanged(CallTable.Company, ExtensionNumber.Parse("12"), counts));
        house.Clock.Advance(_between);
        Assert.Equal("Messages-Waiting: yes\r\nMessage-Account: sip:*9@pbx.test\r\nVoice-Message: 2/1 (0/0)\r\n", Body(await house.Notified()));
    }
}
