using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Voicemail;
using TeleCube.Actors.Webhooks;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tests.Voicemail;

/// <summary>A box whose store goes away and comes back.</summary>
public sealed class MailboxStoreAwayTests : IAsyncDisposable
{
    readonly MailboxHouse _house = new();

    [Fact]
    public async Task While_the_store_is_away_a_guess_is_not_free_it_is_counted_later_and_no_other_is_looked_at_before()
    {
        Assert.Equal(MailboxAnswer.PinWrong, await _house.Says(MailboxHouse.Stranger, "0000"));
        _house.Store.Away = true;
        Assert.Equal(MailboxAnswer.Failed, await _house.Says(MailboxHouse.Stranger, "0001"));
        Assert.Equal(MailboxAnswer.Failed, await _house.Says(MailboxHouse.Stranger)); // though it is right
        Assert.Equal(MailboxAnswer.Failed, await _house.Says(PinSource.Own));
        _house.Store.Away = false;
        await _house.Later(async () => (await _house.Box()).Pins.Sources[MailboxHouse.Stranger.Value].Wrong == 2);
        Assert.Equal(MailboxAnswer.PinRight, await _house.Says(MailboxHouse.Stranger));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_could_not_be_written_that_a_recording_is_a_message_or_none_is_written_when_the_store_is_back(bool isMessage)
    {
        _house.Speaks(MailboxHouse.Recording, TimeSpan.FromSeconds(isMessage ? 3 : 1));
        _house.Tell(new MailboxCommand.Begin(new OpenRecording(MailboxHouse.Recording, "11", null, _house.Clock.GetUtcNow())));
        await MailboxHouse.Until(async () => (await _house.Box()).Open.ContainsKey(MailboxHouse.Recording));
        _house.Tell(new MailboxCommand.Asked(MailboxHouse.Call, 9, new MailboxQuestion.Outcome(MailboxHouse.Recording)));
        _house.Store.Away = true;
        var refused = _house.Store.Refused;
        _house.Ends(MailboxHouse.Recording);
        await MailboxHouse.Until(() => Task.FromResult(_house.Store.Refused > refused));
        Assert.Single((await _house.Box()).Open);
        Assert.True(File.Exists(_house.Recordings.PathOf(MailboxHouse.Recording))); // or there would be nothing to try again with
        _house.Store.Away = false;
        await _house.Later(async () => (await _house.Box()).Open.IsEmpty);
        Assert.Equal(isMessage ? MailboxAnswer.Kept : MailboxAnswer.TooShort, (await _house.Told<CallCommand.MailboxSays>()).Answer);
        Assert.Equal(isMessage ? 1 : 0, (await _house.Box()).Messages.Count);
        await MailboxHouse.Until(() => Task.FromResult(!File.Exists(_house.Recordings.PathOf(MailboxHouse.Recording))));
    }

    [Fact]
    public async Task That_a_recording_began_and_that_the_webhook_has_it_are_said_again_too()
    {
        _house.Settings = _house.Settings with { WebhookUrl = "https://example.com/hook" };
        _house.Speaks(MailboxHouse.Recording, TimeSpan.FromSeconds(3));
        await _house.Box();
        _house.Store.RefuseNext(new AppendOutcome(AppendStatus.Unavailable, "away"));
        _house.Tell(new MailboxCommand.Begin(new OpenRecording(MailboxHouse.Recording, "11", null, _house.Clock.GetUtcNow())));
        await _house.Later(async () => (await _house.Box()).Open.ContainsKey(MailboxHouse.Recording));
        _house.TakesWebhooks = false;
        _house.Ends(MailboxHouse.Recording);
        await _house.Told<WebhookCommand.Send>();
        _house.Store.RefuseNext(new AppendOutcome(AppendStatus.Unavailable, "away"));
        _house.Tell(new MailboxCommand.Notified(MailboxHouse.Recording));
        await _house.Later(async () => (await _house.Box()).Unnotified.IsEmpty);
    }

    [Fact]
    public async Task A_webhook_that_could_not_be_written_down_is_told_again()
    {
        _house.Settings = _house.Settings with { WebhookUrl = "https://example.com/hook" };
        _house.TakesWebhooks = false;
        _house.Speaks(MailboxHouse.Recording, TimeSpan.FromSeconds(3));
        _house.Tell(new MailboxCommand.Begin(new OpenRecording(MailboxHouse.Recording, "11", null, _house.Clock.GetUtcNow())));
        _house.Ends(MailboxHouse.Recording);
        var first = (await _house.Told<WebhookCommand.Send>()).Webhook;
        _house.TakesWebhooks = true;
        await _house.Later(async () => (await _house.Box()).Unnotified.IsEmpty);
        Assert.Equal(first.Id, (await _house.Told<WebhookCommand.Send>()).Webhook.Id);
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
