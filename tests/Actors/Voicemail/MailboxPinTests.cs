using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tests.Voicemail;

/// <summary>A box that is asked for its PIN: guesses of many calls, locks that outlive a restart.</summary>
public sealed class MailboxPinTests : IAsyncDisposable
{
    readonly MailboxHouse _house = new();

    [Fact]
    public async Task Guesses_of_many_calls_at_once_lock_their_source_after_five_and_nobody_else()
    {
        for (var guess = 0; guess < 20; guess++) _house.Guess(guess, $"{guess:0000}", MailboxHouse.Stranger);
        var answers = new List<MailboxAnswer>();
        for (var guess = 0; guess < 20; guess++) answers.Add((await _house.Told<CallCommand.MailboxSays>()).Answer);
        Assert.Equal(4, answers.Count(answer => answer is MailboxAnswer.PinWrong));
        Assert.Equal(16, answers.Count(answer => answer is MailboxAnswer.PinLocked));
        Assert.Equal(MailboxAnswer.PinLocked, await _house.Says(MailboxHouse.Stranger));
        Assert.Equal(MailboxAnswer.PinRight, await _house.Says(PinSource.Own));
        Assert.Equal(MailboxAnswer.PinRight, await _house.Says(new PinSource("12")));
        Assert.DoesNotContain("4711", string.Concat(_house.Journal.EventsOf(MailboxHouse.Id.PersistenceId).Select(stored => System.Text.Encoding.UTF8.GetString(stored.Payload.Span))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_outlives_a_restart_is_told_and_ends_by_time_or_by_an_administrator()
    {
        for (var guess = 0; guess < 5; guess++) Assert.NotEqual(MailboxAnswer.PinRight, await _house.Says(MailboxHouse.Stranger, "0000"));
        await _house.Stop();
        _house.Start();
        Assert.Contains(MailboxHouse.Id, await _house.Remembered()); // so that it is known before somebody asks
        Assert.Equal(MailboxAnswer.PinLocked, await _house.Says(MailboxHouse.Stranger));
        _house.Clock.Advance(PinLock.Shortest);
        Assert.Equal(MailboxAnswer.PinRight, await _house.Says(MailboxHouse.Stranger));

        for (var guess = 0; guess < 5; guess++) await _house.Says(PinSource.Own, "0000");
        Assert.Equal(MailboxAnswer.PinLocked, await _house.Says(PinSource.Own));
        await _house.Do(new MailboxCommand.Unlock());
        Assert.Equal(MailboxAnswer.PinRight, await _house.Says(PinSource.Own));

        var told = (await ((IEventFeeds)_house.Journal).ReadFeed(MailboxHouse.Tenant, 0, 100)).ToList();
        Assert.Equal(["voicemail.locked", "voicemail.locked", "voicemail.unlocked"], told.Select(one => one.Type));
        Assert.Contains("\"lockedFor\":\"+48600100200\"", MailboxHouse.Plain(told[0].Json), StringComparison.Ordinal);
        Assert.Contains("\"lockedFor\":\"own\"", told[1].Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_says_in_ISO_8601_until_when_nothing_is_taken()
    {
        for (var guess = 0; guess < PinLock.MostFromOne; guess++) await _house.Says(MailboxHouse.Stranger, "0000");
        Assert.Equal(MailboxAnswer.PinLocked, await _house.Says(MailboxHouse.Stranger)); // the line was written before
        var until = (await _house.Box()).Pins.UntilFor(MailboxHouse.Stranger, _house.Clock.GetUtcNow())!.Value;
        Assert.Contains($"until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}", Assert.Single(_house.Logged, line => line.Contains("too many", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
