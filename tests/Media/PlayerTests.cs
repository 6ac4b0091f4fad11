using TeleCube.Media.Messages;
using TeleCube.Tests.Support;

namespace TeleCube.Media.Tests;

public sealed class PlayerTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("media-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_player_takes_over_and_gives_back_with_continuous_numbers()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        anna.Peer.Talk(700);
        await bob.Peer.Receive(10);
        var play = Play(studio, bob, new PlaySource.Files([WriteWav("prompt.wav", 1500, 400)]));
        var ended = await studio.Events.Next<MediaEvent.PlayEnded>();
        Assert.Equal((bob.Id, play, true, null), (ended.Stream, ended.Id, ended.Completed, ended.Fault));
        var heardAtEnd = bob.Peer.Received.Count;
        var heard = await bob.Peer.Receive(heardAtEnd + 15);

        Assert.Single(heard.Select(frame => frame.Ssrc).Distinct());
        for (var i = 1; i < heard.Count; i++)
        {
            Assert.Equal((ushort)(heard[i - 1].Sequence + 1), heard[i].Sequence);
            Assert.InRange(heard[i].Timestamp - heard[i - 1].Timestamp, 1u, 16_000u);
        }
        Assert.Equal(3, heard.Count(frame => frame.Marker)); // anna, the player, anna again
        var starts = heard.Select((frame, i) => (frame, i)).Where(pair => pair.frame.Marker).Select(pair => pair.i).ToArray();
        Assert.Equal([700], Tones.Heard(Audio(heard, starts[0], starts[1]), 700, 1500));
        Assert.Equal([1500], Tones.Heard(Audio(heard, starts[1], starts[2]), 700, 1500));
        Assert.Equal([700], Tones.Heard(Audio(heard, starts[2], heard.Count), 700, 1500));
        Assert.Equal(20, starts[2] - starts[1]); // 400 ms
    }

    [Fact]
    public async Task A_list_is_played_in_order_and_repeated()
    {
        await using var studio = new Studio();
        var bob = await studio.Open(Studio.MuLaw);
        var list = new PlaySource.Files([WriteWav("a.wav", 600, 100), WriteALaw("b.alaw", 1200, 100)], Times: 2);
        Play(studio, bob, list);
        await studio.Events.Next<MediaEvent.PlayEnded>(e => e.Completed);
        var heard = await bob.Peer.Receive(20);
        Assert.Equal(20, heard.Count);
        for (var part = 0; part < 4; part++)
            Assert.Equal([part % 2 == 0 ? 600.0 : 1200.0], Tones.Heard(Audio(heard, part * 5, part * 5 + 5), 600, 1200));
    }

    [Fact]
    public async Task Music_goes_on_where_it_was_after_an_announcement_and_a_question_begins_anew()
    {
        await using var studio = new Studio();
        var (caller, consultant) = (await studio.Open(), await studio.Open());
        var pieces = new PlaySource.Files([WriteWav("first.wav", 600, 1000), WriteWav("second.wav", 1200, 60_000)]);
        var announcement = new PlaySource.Files([WriteWav("ahead.wav", 1500, 100)]);
        foreach (var (line, source) in new[] { (caller, pieces.AsMusic()), (consultant, pieces with { Times = 0 }) })
        {
            Play(studio, line, source);
            await line.Peer.Until(frames => frames.Any(frame => Piece(frame) is 1200));
            var said = Play(studio, line, announcement);
            await studio.Events.Next<MediaEvent.PlayEnded>(e => e.Id == said && e.Completed);
            line.Peer.Forget();
            Play(studio, line, source);
        }

        var heard = await caller.Peer.Until(frames => frames.Count(frame => Piece(frame) is not null) >= 4);
        Assert.All(heard.Select(Piece).OfType<double>(), hz => Assert.Equal(1200, hz));
        await consultant.Peer.Until(frames => frames.Any(frame => Piece(frame) is 600));

        static double? Piece(RtpFrame frame) => Tones.Heard(frame.Pcm, 600, 1200) is [var hz] ? hz : null;
    }

    [Fact]
    public async Task Other_music_begins_at_its_beginning()
    {
        await using var studio = new Studio();
        var caller = await studio.Open();
        Play(studio, caller, new PlaySource.Files([WriteWav("intro.wav", 600, 200), WriteWav("jazz.wav", 1200, 60_000)]).AsMusic());
        await caller.Peer.Until(frames => frames.Any(frame => Tones.Hears(frame.Pcm, 1200)));
        Play(studio, caller, new PlaySource.Files([WriteWav("prelude.wav", 900, 1000), WriteWav("fugue.wav", 1800, 60_000)]).AsMusic());
        await caller.Peer.Until(frames => frames.Any(frame => Tones.Heard(frame.Pcm, 900, 1800) is [900]));
    }

    [Fact]
    public async Task Frames_leave_every_20_ms_and_count_160_samples()
    {
        await using var studio = new Studio();
        var bob = await studio.Open();
        Play(studio, bob, new PlaySource.Sine(1000));
        var heard = await bob.Peer.Receive(30);
        for (var i = 1; i < heard.Count; i++) Assert.Equal(0u, (heard[i].Timestamp - heard[i - 1].Timestamp) % 160);
        Assert.InRange(Tones.LevelDb(bob.Peer.Heard, 1000), -10.5, -9.5);
    }

    [Fact]
    public async Task Ring_back_is_425_Hz_and_then_silence()
    {
        await using var studio = new Studio();
        var bob = await studio.Open();
        Play(studio, bob, new PlaySource.Tone(ToneKind.RingBack));
        var heard = await bob.Peer.Receive(70);
        Assert.Equal([425], Tones.Heard(Audio(heard, 0, 50), 350, 425, 500));
        Assert.Empty(Tones.Heard(Audio(heard, 50, 70), 350, 425, 500));
    }

    [Fact]
    public async Task A_second_player_replaces_the_first_and_stopping_ends_it()
    {
        await using var studio = new Studio();
        var bob = await studio.Open();
        var first = Play(studio, bob, new PlaySource.Tone(ToneKind.Dial));
        await bob.Peer.Receive(3);
        var second = Play(studio, bob, new PlaySource.Sine(900));
        Assert.Equal((first, false), Read(await studio.Events.Next<MediaEvent.PlayEnded>()));
        studio.Engine.Send(new MediaCommand.StopPlay(bob.Id));
        Assert.Equal((second, false), Read(await studio.Events.Next<MediaEvent.PlayEnded>()));

        static (PlayId, bool) Read(MediaEvent.PlayEnded ended) => (ended.Id, ended.Completed);
    }

    [Theory]
    [InlineData("missing.wav", null, "no-such-file")]
    [InlineData("text.wav", "not audio at all", "not-a-wav-file")]
    [InlineData("empty.wav", "", "empty-file")]
    public async Task A_file_that_cannot_be_played_says_why(string name, string? content, string reason)
    {
        await using var studio = new Studio();
        var bob = await studio.Open();
        var path = Path.Combine(_folder, name);
        if (content is not null) await File.WriteAllTextAsync(path, content);
        Play(studio, bob, new PlaySource.Files([path]));
        var ended = await studio.Events.Next<MediaEvent.PlayEnded>();
        Assert.False(ended.Completed);
        Assert.Equal($"{reason}: {path}", ended.Fault);
    }

    [Fact]
    public async Task A_stream_that_is_not_there_answers_at_once()
    {
        await using var studio = new Studio();
        studio.Engine.Send(new MediaCommand.Play(new(Studio.NextId()), new(1), new PlaySource.Tone(ToneKind.Busy)));
        Assert.Equal("no-such-stream", (await studio.Events.Next<MediaEvent.PlayEnded>()).Fault);
    }

    static PlayId Play(Studio studio, Line line, PlaySource source)
    {
        var id = new PlayId(Studio.NextId());
        studio.Engine.Send(new MediaCommand.Play(line.Id, id, source));
        return id;
    }

    static short[] Audio(IReadOnlyList<RtpFrame> frames, int from, int to) =>
        [.. frames.Skip(from).Take(to - from).SelectMany(frame => frame.Pcm)];

    string WriteWav(string name, double hz, int ms)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, Wav.Pcm(Tones.Sine(hz, ms * 8)));
        return path;
    }

    string WriteALaw(string name, double hz, int ms)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, [.. Tones.Sine(hz, ms * 8).Select(Tones.ToALaw)]);
        return path;
    }
}
