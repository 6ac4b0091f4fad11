using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Voicemail;
using TeleCube.Actors.Webhooks;
using TeleCube.Kernel.Persistence;
using TeleCube.Tests.Support.Audio;

namespace TeleCube.Actors.Tests.Voicemail;

/// <summary>A box with its files: what the recorder wrote becomes a message that outlives a restart, or nothing.</summary>
public sealed class MailboxActorTests : IAsyncDisposable
{
    readonly MailboxHouse _house = new();

    [Fact]
    public async Task What_was_spoken_is_kept_counted_and_told()
    {
        _house.Settings = _house.Settings with { WebhookUrl = "https://example.com/hook", WebhookSecret = "a secret of the receiver's" };
        _house.Speaks(MailboxHouse.Recording, TimeSpan.FromSeconds(4));
        _house.Tell(new MailboxCommand.Begin(new OpenRecording(MailboxHouse.Recording, "+48600100200", "Anna", _house.Clock.GetUtcNow())));
        _house.Tell(new MailboxCommand.Asked(MailboxHouse.Call, 9, new MailboxQuestion.Outcome(MailboxHouse.Recording)));
        _house.Ends(MailboxHouse.Recording);

        Assert.Equal(new CallCommand.MailboxSays(9, MailboxAnswer.Kept), await _house.Told<CallCommand.MailboxSays>());
        var hook = (await _house.Told<WebhookCommand.Send>()).Webhook;
        Assert.Equal((MailboxHouse.Recording, "voicemail/10", "example.com", "voicemail.received"), (hook.Id, hook.Source, hook.Host, hook.Type));
        Assert.Equal((null, null), (hook.Url, hook.Secret)); // they stay with the settings
        Assert.Contains("\"new\":1", hook.Json, StringComparison.Ordinal);

        var message = Assert.Single((await _house.Box()).Messages.Values);
        Assert.Equal(TimeSpan.FromSeconds(4), message.Length);
        Assert.Equal(new MailboxCounts(1, 0), _house.Mailboxes.Find(MailboxHouse.Tenant, MailboxHouse.Ten));
        using (var file = File.Create(_house.Folder["message.wav"])) _house.Blobs.Open(message.File)!.CopyTo(file);
        Assert.True(WavFile.Load(_house.Folder["message.wav"]).Heard(700) > TimeSpan.FromSeconds(3.5));
        Assert.False(File.Exists(_house.Recordings.PathOf(MailboxHouse.Recording)));
        await MailboxHouse.Until(async () => (await _house.Box()).Unnotified.IsEmpty);
        Assert.Contains(_house.Journal.EventsOf(MailboxHouse.Id.PersistenceId), stored => stored.Type == "mailbox.message-left");
    }

    [Theory]
    [InlineData(1.9)]
    [InlineData(null)] // the recorder never began
    public async Task Who_hangs_up_at_the_tone_has_left_no_message(double? seconds)
    {
        if (seconds is { } length) _house.Speaks(MailboxHouse.Recording, TimeSpan.FromSeconds(length));
        _house.Tell(new MailboxCommand.Begin(new OpenRecording(MailboxHouse.Recording, null, null, _house.Clock.GetUtcNow())));
        _house.Tell(new MailboxCommand.Asked(MailboxHouse.Call, 9, new MailboxQuestion.Outcome(MailboxHouse.Recording)));
        _house.Ends(MailboxHouse.Recording);
        Assert.Equal(new CallCommand.MailboxSays(9, MailboxAnswer.TooShort), await _house.Told<CallCommand.MailboxSays>());
        Assert.Equal((0, 0), ((await _house.Box()).Messages.Count, (await _house.Box()).Open.Count));
        Assert.False(File.Exists(_house.Recordings.PathOf(MailboxHouse.Recording)));
        Assert.DoesNotContain(MailboxHouse.Id, await _house.Remembered());
    }

    [Fact]
    public async Task What_a_killed_process_was_recording_is_a_message_as_far_as_it_went()
    {
        _house.Speaks(MailboxHouse.Recording, TimeSpan.FromSeconds(3), lyingHeader: true);
        await _house.Do(new MailboxCommand.Begin(new OpenRecording(MailboxHouse.Recording, "11", null, _house.Clock.GetUtcNow())));
        Assert.Contains(MailboxHouse.Id, await _house.Remembered());

        await _house.Stop();
        _house.StillRecording.Clear(); // the recorder is dead
        _house.Start();
        _house.Tell(new MailboxCommand.Wake());
        await MailboxHouse.Until(async () => (await _house.Box()).Messages.Count == 1);
        var message = Assert.Single((await _house.Box()).Messages.Values);
        Assert.Equal(("11", TimeSpan.FromSeconds(3)), (message.Caller, message.Length));
        _house.Tell(new MailboxCommand.Close(new OpenRecording(MailboxHouse.Recording, "11", null, _house.Clock.GetUtcNow()))); // what the recovered call says
        await MailboxHouse.Until(async () => (await _house.Box()) is { Messages.Count: 1, Open.Count: 0 });
    }

    [Fact]
    public async Task A_recovered_call_tells_of_a_recording_of_which_the_box_had_not_heard()
    {
        _house.Speaks(MailboxHouse.Recording, TimeSpan.FromSeconds(3));
        _house.StillRecording.Clear();
        _house.Tell(new MailboxCommand.Close(new OpenRecording(MailboxHouse.Recording, "11", null, _house.Clock.GetUtcNow())));
        await MailboxHouse.Until(async () => (await _house.Box()).Messages.ContainsKey(MailboxHouse.Recording));
    }

    [Fact]
    public async Task A_message_outlives_a_restart_and_its_file_goes_with_it()
    {
        _house.Speaks(MailboxHouse.Recording, TimeSpan.FromSeconds(3));
        _house.StillRecording.Clear();
        _house.Tell(new MailboxCommand.Close(new OpenRecording(MailboxHouse.Recording, "11", null, _house.Clock.GetUtcNow())));
        await MailboxHouse.Until(async () => (await _house.Box()).Messages.ContainsKey(MailboxHouse.Recording));
        await _house.Stop();
        _house.Start();
        var file = (await _house.Box()).Messages[MailboxHouse.Recording].File;
        Assert.Equal(new MailboxCounts(1, 0), _house.Mailboxes.Find(MailboxHouse.Tenant, MailboxHouse.Ten));

        _house.Tell(new MailboxCommand.Asked(MailboxHouse.Call, 4, new MailboxQuestion.MarkHeard(MailboxHouse.Recording)));
        Assert.Equal(MailboxAnswer.Done, (await _house.Told<CallCommand.MailboxSays>()).Answer);
        Assert.Equal(new MailboxCounts(0, 1), _house.Mailboxes.Find(MailboxHouse.Tenant, MailboxHouse.Ten));
        _house.Tell(new MailboxCommand.Asked(MailboxHouse.Call, 5, new MailboxQuestion.Delete(MailboxHouse.Recording)));
        Assert.Equal(MailboxAnswer.Done, (await _house.Told<CallCommand.MailboxSays>()).Answer);
        await MailboxHouse.Until(() => Task.FromResult(_house.Blobs.PathOf(file) is null));
        Assert.Equal(default, _house.Mailboxes.Find(MailboxHouse.Tenant, MailboxHouse.Ten));
        Assert.DoesNotContain(MailboxHouse.Id, await _house.Remembered());
    }

    [Fact]
    public async Task What_was_left_for_an_extension_that_is_gone_is_not_there_after_a_restart()
    {
        _house.Speaks(MailboxHouse.Recording, TimeSpan.FromSeconds(3));
        _house.StillRecording.Clear();
        _house.Tell(new MailboxCommand.Close(new OpenRecording(MailboxHouse.Recording, "11", null, _house.Clock.GetUtcNow())));
        await MailboxHouse.Until(async () => (await _house.Box()).Messages.ContainsKey(MailboxHouse.Recording));
        var file = (await _house.Box()).Messages[MailboxHouse.Recording].File;
        await _house.Stop();
        _house.IsGone = true; // and the word of it was lost with the process
        _house.Start();
        await MailboxHouse.Until(async () => (await _house.Box()).Messages.IsEmpty);
        await MailboxHouse.Until(() => Task.FromResult(_house.Blobs.PathOf(file) is null));
    }

    [Fact]
    public async Task What_is_spoken_while_the_extension_goes_is_dropped_too()
    {
        _house.Speaks(MailboxHouse.Recording, TimeSpan.FromSeconds(3));
        _house.Tell(new MailboxCommand.Begin(new OpenRecording(MailboxHouse.Recording, "11", null, _house.Clock.GetUtcNow())));
        await MailboxHouse.Until(async () => (await _house.Box()).Open.ContainsKey(MailboxHouse.Recording));
        _house.IsGone = true;
        _house.Tell(new MailboxCommand.Clear());
        _house.Ends(MailboxHouse.Recording);
        await MailboxHouse.Until(async () => await _house.Box() is { Open.Count: 0, Messages.Count: 0 });
    }

    [Theory]
    [InlineData(4, 3, 4.5)] // half a second is left of it
    [InlineData(4, 0, 4.0)]
    [InlineData(0, 7, null)] // nothing was said
    [InlineData(1, 6, 1.5)] // a word is a message
    public async Task The_silence_at_the_end_is_cut_and_nothing_but_silence_is_no_message(double spoken, double silent, double? kept)
    {
        _house.Speaks(MailboxHouse.Recording, TimeSpan.FromSeconds(spoken), silent: TimeSpan.FromSeconds(silent));
        _house.Tell(new MailboxCommand.Begin(new OpenRecording(MailboxHouse.Recording, null, null, _house.Clock.GetUtcNow())));
        _house.Tell(new MailboxCommand.Asked(MailboxHouse.Call, 9, new MailboxQuestion.Outcome(MailboxHouse.Recording)));
        _house.Ends(MailboxHouse.Recording);
        Assert.Equal(kept is null ? MailboxAnswer.TooShort : MailboxAnswer.Kept, (await _house.Told<CallCommand.MailboxSays>()).Answer);
        if (kept is not { } seconds) return;
        var message = Assert.Single((await _house.Box()).Messages.Values);
        Assert.Equal(seconds, message.Length.TotalSeconds);
        using var file = _house.Blobs.Open(message.File)!;
        Assert.Equal(58 + (2 * 8000 * seconds), file.Length);
    }

    [Fact]
    public async Task A_greeting_is_kept_heard_by_its_file_outlives_a_restart_and_the_one_before_it_goes()
    {
        var files = new List<BlobName>();
        foreach (var id in new[] { MailboxHouse.Recording, "01hzzzzzzzzzzzzzzzzzzzzzz1-3" })
        {
            _house.Speaks(id, TimeSpan.FromSeconds(3));
            _house.Tell(new MailboxCommand.Begin(new OpenRecording(id, "10", null, _house.Clock.GetUtcNow()) { IsGreeting = true }));
            _house.Tell(new MailboxCommand.Asked(MailboxHouse.Call, 9, new MailboxQuestion.Outcome(id)));
            _house.Ends(id);
            Assert.Equal(MailboxAnswer.Kept, (await _house.Told<CallCommand.MailboxSays>()).Answer);
            files.Add((await _house.Box()).Greeting!.File);
        }

        await MailboxHouse.Until(() => Task.FromResult(_house.Blobs.PathOf(files[0]) is null));
        Assert.NotNull(_house.Blobs.PathOf(files[1]));
        await _house.Stop();
        _house.Start();
        Assert.Contains(MailboxHouse.Id, await _house.Remembered());
        Assert.Equal(files[1], (await _house.Box()).Greeting!.File);
        var sweep = new VoicemailSweep(_house, _house.Mailboxes, _house.Region, _house.Blobs, _house.Recordings, _house.Clock);
        await sweep.Run();
        _house.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await sweep.Run()); // it is named

        _house.Tell(new MailboxCommand.Asked(MailboxHouse.Call, 10, new MailboxQuestion.DeleteGreeting()));
        Assert.Equal(MailboxAnswer.Done, (await _house.Told<CallCommand.MailboxSays>()).Answer);
        await MailboxHouse.Until(() => Task.FromResult(_house.Blobs.PathOf(files[1]) is null));
        Assert.DoesNotContain(MailboxHouse.Id, await _house.Remembered());
    }

    [Fact]
    public async Task The_companys_list_has_each_message_as_it_is_now()
    {
        _house.Speaks(MailboxHouse.Recording, TimeSpan.FromSeconds(3));
        _house.StillRecording.Clear();
        _house.Tell(new MailboxCommand.Close(new OpenRecording(MailboxHouse.Recording, "11", null, _house.Clock.GetUtcNow())));
        await MailboxHouse.Until(async () => (await _house.Box()).Messages.ContainsKey(MailboxHouse.Recording));
        var row = VoicemailRows.Read((await _house.Row())!.Json);
        Assert.Equal(("10", (await _house.Box()).Messages[MailboxHouse.Recording]), (row.Extension, row.Message));
        await _house.Do(new MailboxCommand.MarkHeard(MailboxHouse.Recording, true));
        Assert.NotNull(VoicemailRows.Read((await _house.Row())!.Json).Message.HeardAt);
        await _house.Do(new MailboxCommand.Delete(MailboxHouse.Recording));
        Assert.Null(await _house.Row());
    }

    [Fact]
    public async Task The_sweep_lets_go_of_old_messages_and_of_files_that_nobody_names()
    {
        _house.Speaks(MailboxHouse.Recording, TimeSpan.FromSeconds(3));
        _house.StillRecording.Clear();
        _house.Tell(new MailboxCommand.Close(new OpenRecording(MailboxHouse.Recording, "11", null, _house.Clock.GetUtcNow())));
        await MailboxHouse.Until(async () => (await _house.Box()).Messages.ContainsKey(MailboxHouse.Recording));
        var stray = BlobName.Of("voicemail", MailboxHouse.Tenant.Value, "10-stray-1.wav");
        await _house.Blobs.Put(stray, new MemoryStream([1]));
        var sweep = new VoicemailSweep(_house, _house.Mailboxes, _house.Region, _house.Blobs, _house.Recordings, _house.Clock);
        Assert.Equal(0, await sweep.Run()); // only marked: whoever keeps it may be about to name it
        _house.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await sweep.Run());
        Assert.Null(_house.Blobs.PathOf(stray));
        Assert.Single((await _house.Box()).Messages);

        _house.Settings = _house.Settings with { Retention = TimeSpan.FromDays(30) };
        _house.Clock.Advance(TimeSpan.FromDays(31));
        await sweep.Run();
        await MailboxHouse.Until(async () => (await _house.Box()).Messages.IsEmpty);
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
