using TeleCube.Media.Messages;
using TeleCube.Tests.Support;

namespace TeleCube.Media.Tests;

public sealed class RecorderTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("media-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(RecordingFormat.ALaw, 6)]
    [InlineData(RecordingFormat.Pcm, 1)]
    public async Task Each_side_has_its_channel(RecordingFormat format, byte tag)
    {
        await using var studio = new Studio(new() { RecordingFormat = format });
        var (anna, bob) = (await studio.Open(Studio.ALaw), await studio.Open(Studio.MuLaw));
        studio.Connect(anna, bob);
        var path = Path.Combine(_folder, "new", "call.wav");
        studio.Engine.Send(new MediaCommand.StartRecording(anna.Id, bob.Id, path));
        anna.Peer.Talk(700);
        bob.Peer.Talk(1100);
        await anna.Peer.Receive(50);
        await bob.Peer.Receive(50);
        studio.Engine.Send(new MediaCommand.StopRecording(anna.Id));
        var ended = await studio.Events.Next<MediaEvent.RecordingEnded>();
        Assert.Equal((anna.Id, path, null), (ended.A, ended.Path, ended.Fault));
        Assert.InRange(ended.Length.TotalSeconds, 0.9, 10);

        var file = await File.ReadAllBytesAsync(path);
        Assert.Equal(tag, file[20]);
        var sides = Wav.Read(file);
        Assert.Equal(2, sides.Length);
        Assert.Equal([700], Tones.Heard(sides[0], 700, 1100));
        Assert.Equal([1100], Tones.Heard(sides[1], 700, 1100));
        Assert.Equal(ended.Length.TotalSeconds, sides[0].Length / 8000.0, 3);
    }

    [Fact]
    public async Task Closing_the_stream_ends_a_mono_recording_and_silence_is_filled_in()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        var path = Path.Combine(_folder, "mono.wav");
        studio.Engine.Send(new MediaCommand.StartRecording(anna.Id, null, path));
        await RelayTests.Ready(studio, anna, bob);
        anna.Peer.Burst(700, 6);
        anna.Peer.Step(960, packets: 6); // 120 ms of which nothing arrives
        anna.Peer.Burst(1300, 6);
        await bob.Peer.Receive(12);
        studio.Engine.Send(new MediaCommand.Play(bob.Id, new(1), new PlaySource.Sine(500)));
        bob.Peer.Forget();
        await bob.Peer.Receive(40); // time for the audio, which came faster than real, to belong to the past
        studio.Engine.Send(new MediaCommand.Close(anna.Id));
        await studio.Events.Next<MediaEvent.RecordingEnded>(e => e.Fault is null);

        var audio = Assert.Single(Wav.Read(await File.ReadAllBytesAsync(path)));
        var start = Array.FindIndex(audio, sample => Math.Abs((int)sample) > 2000);
        Assert.Equal([700], Tones.Heard(audio[start..(start + 900)], 700, 1300));
        Assert.Empty(Tones.Heard(audio[(start + 1000)..(start + 1880)], 700, 1300));
        Assert.Equal([1300], Tones.Heard(audio[(start + 1980)..(start + 2820)], 700, 1300));
    }

    [Fact]
    public async Task The_header_is_right_while_the_recording_runs()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        var path = Path.Combine(_folder, "crash.wav");
        studio.Engine.Send(new MediaCommand.StartRecording(anna.Id, bob.Id, path));
        anna.Peer.Talk(700);
        // What a crash would leave: the file as it is, with no goodbye.
        await RelayTests.Until(async () =>
        {
            await bob.Peer.Receive(bob.Peer.Received.Count + 5);
            return File.Exists(path) && new FileInfo(path).Length > 58 + 2 * 16_000;
        });
        var file = await File.ReadAllBytesAsync(path);
        Assert.Equal("RIFF", System.Text.Encoding.ASCII.GetString(file, 0, 4));
        Assert.InRange(BitConverter.ToInt32(file, 54), 2 * 16_000 - 8192, file.Length - 58);
        Assert.Equal([700], Tones.Heard(Wav.Read(file)[0], 700, 1100));
    }

    [Fact]
    public async Task A_full_disk_ends_the_recording_and_harms_no_audio()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        studio.Engine.Send(new MediaCommand.StartRecording(anna.Id, bob.Id, "/dev/full"));
        anna.Peer.Talk(700);
        var ended = await studio.Events.Next<MediaEvent.RecordingEnded>();
        Assert.StartsWith("disk-error: ", ended.Fault, StringComparison.Ordinal);
        bob.Peer.Forget();
        await bob.Peer.Receive(10);

        var again = Path.Combine(_folder, "again.wav");
        studio.Engine.Send(new MediaCommand.StartRecording(anna.Id, bob.Id, again));
        studio.Engine.Send(new MediaCommand.StartRecording(anna.Id, bob.Id, Path.Combine(_folder, "twice.wav")));
        Assert.Equal("already-recording", (await studio.Events.Next<MediaEvent.RecordingEnded>()).Fault);
        studio.Engine.Send(new MediaCommand.StopRecording(anna.Id));
        Assert.Equal((again, null), Read(await studio.Events.Next<MediaEvent.RecordingEnded>()));

        static (string, string?) Read(MediaEvent.RecordingEnded e) => (e.Path, e.Fault);
    }
}
