using TeleCube.Media.Codecs;
using TeleCube.Media.Dtmf;
using TeleCube.Media.Messages;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Processes;

namespace TeleCube.Media.Tests;

/// <summary>Keys that are tones in the audio, by ITU-T Q.23 and Q.24; and speech, which is no key.</summary>
public sealed class ToneReceiverTests
{
    const string Keypad = "123A456B789C*0#D";
    const int FrameSamples = 160;

    static readonly int[] _rows = [697, 770, 852, 941], _columns = [1209, 1336, 1477, 1633];
    static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(Codec.Pcma)]
    [InlineData(Codec.Pcmu)]
    public void Each_key_is_told_once_with_its_length(Codec codec)
    {
        var pressed = Pressed([.. Keypad.SelectMany(key => (short[])[.. Tone(key, 100), .. Silence(100)])], codec);
        Assert.Equal(Keypad, string.Concat(pressed.Select(step => step.Released)));
        Assert.All(pressed, step => Assert.InRange(step.Units, 70 * 8u, 110 * 8u)); // in whole blocks of 13 ms
    }

    [Theory]
    [InlineData(40, -9, -9, 0, -99)] // the shortest that must be heard
    [InlineData(60, -28, -28, 0, -99)] // the quietest: -25 dBm0
    [InlineData(60, -3, -3, 0, -99)] // the loudest without overload
    [InlineData(60, -9, -16, 0, -99)] // the line weakens the high tone
    [InlineData(60, -14, -9, 0, -99)]
    [InlineData(60, -9, -9, 1.5, -99)] // mistuned
    [InlineData(60, -9, -9, -1.5, -99)]
    [InlineData(60, -9, -9, 0, -24)] // noise 15 dB below
    public void A_key_is_heard(int ms, double lowDb, double highDb, double mistunedPercent, double noiseDb)
    {
        foreach (var key in Keypad)
            for (var offset = 0; offset < 102; offset += 17) // wherever the blocks happen to begin
                Assert.Equal($"{key}", Keys([.. Silence(0, offset), .. Tone(key, ms, lowDb, highDb, mistunedPercent, noiseDb), .. Silence(60)]));
    }

    [Theory]
    [InlineData(20, -9, -9, 0)] // too short
    [InlineData(60, -42, -42, 0)] // too quiet
    [InlineData(60, -9, -24, 0)] // not of like strength
    [InlineData(60, -24, -9, 0)]
    [InlineData(60, -9, -9, 5)] // another frequency
    [InlineData(60, -9, -99, 0)] // one tone only
    [InlineData(60, -99, -9, 0)]
    public void Something_else_is_no_key(int ms, double lowDb, double highDb, double mistunedPercent)
    {
        foreach (var key in Keypad) Assert.Equal("", Keys([.. Tone(key, ms, lowDb, highDb, mistunedPercent), .. Silence(60)]));
    }

    [Fact]
    public void A_third_tone_makes_it_no_key()
    {
        var third = Tones.Sine(520, Samples(100), -9);
        Assert.Equal("", Keys([.. Tone('5', 100).Zip(third, (key, more) => (short)(key + more)), .. Silence(60)]));
    }

    [Fact]
    public void The_same_key_twice_is_two_presses_and_a_dropout_within_it_is_none()
    {
        Assert.Equal("77", Keys([.. Tone('7', 60), .. Silence(60), .. Tone('7', 60), .. Silence(60)]));
        Assert.Equal("7", Keys([.. Tone('7', 60), .. Silence(5), .. Tone('7', 60), .. Silence(60)]));
    }

    [Fact]
    public void A_key_whose_audio_stops_is_released_when_that_is_said()
    {
        var receiver = new ToneReceiver();
        Assert.Equal(["press 4"], Feed(receiver, Tone('4', 60)));
        Assert.Equal('4', receiver.Interrupt().Released);
        Assert.False(receiver.IsPressed);
        Assert.Equal(default, receiver.Interrupt());
    }

    [Fact]
    public async Task Keys_that_sox_makes_are_heard()
    {
        foreach (var key in Keypad)
        {
            var (low, high) = Frequencies(key);
            var made = await Sox("-n", "-r", "8000", "-t", "raw", "-e", "a-law", "-b", "8", "OUT", "synth", "0.08", "sine", $"{low}", "sine", $"{high}", "channels", "1", "gain", "-6", "pad", "0.03", "0.1");
            Assert.Equal($"{key}", Keys(made, Codec.Pcma));
        }
    }

    /// <summary>All prompts and the music, Polish and English, as they are and with other voices: slower and faster.</summary>
    [Theory]
    [InlineData("0.8")]
    [InlineData("0.9")]
    [InlineData("1.0")]
    [InlineData("1.1")]
    [InlineData("1.25")]
    public async Task Speech_and_music_are_no_keys(string speed)
    {
        var recordings = Directory.GetFiles(Path.Combine(Repository.Folder, "prompts"), "*.wav", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "beep.wav").Order();
        var said = await Sox([.. recordings, "-r", "8000", "-c", "1", "-t", "raw", "-e", "a-law", "-b", "8", "OUT", "speed", speed]);
        Assert.True(said.Length > 8000 * 60 * 2, $"only {said.Length / 8000} s of speech");
        Assert.Equal("", Keys(said, Codec.Pcma));
    }

    [Fact]
    public void Listening_allocates_nothing()
    {
        var receiver = new ToneReceiver();
        var frame = Coded(Tone('5', 20), Codec.Pcma);
        Listen(receiver, frame, 10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Listen(receiver, frame, 1000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    static void Listen(ToneReceiver receiver, byte[] frame, int times)
    {
        for (var i = 0; i < times; i++)
        {
            ReadOnlySpan<byte> rest = frame;
            while (receiver.Take(ref rest, Codec.Pcma, out _)) { }
        }
    }

    static string Keys(short[] pcm) => string.Concat(Pressed(pcm, Codec.Pcma).Select(step => step.Released));

    static string Keys(byte[] audio, Codec codec) => string.Concat(Pressed(audio, codec).Select(step => step.Released));

    static List<DtmfStep> Pressed(short[] pcm, Codec codec) => Pressed(Coded(pcm, codec), codec);

    /// <summary>In packets of 20 ms, as a stream has them.</summary>
    static List<DtmfStep> Pressed(byte[] audio, Codec codec)
    {
        var (receiver, told) = (new ToneReceiver(), new List<DtmfStep>());
        foreach (var packet in audio.Chunk(FrameSamples))
        {
            ReadOnlySpan<byte> rest = packet;
            while (receiver.Take(ref rest, codec, out var step))
                if (step.Released is not null) told.Add(step);
        }

        return told;
    }

    static List<string> Feed(ToneReceiver receiver, short[] pcm)
    {
        ReadOnlySpan<byte> rest = Coded(pcm, Codec.Pcma);
        var told = new List<string>();
        while (receiver.Take(ref rest, Codec.Pcma, out var step))
        {
            if (step.Pressed is { } pressed) told.Add($"press {pressed}");
            if (step.Released is { } released) told.Add($"release {released}");
        }

        return told;
    }

    static byte[] Coded(short[] pcm, Codec codec) => [.. pcm.Select(sample => codec is Codec.Pcma ? G711.ToALaw(sample) : G711.ToMuLaw(sample))];

    static short[] Tone(char key, int ms, double lowDb = -9, double highDb = -9, double mistunedPercent = 0, double noiseDb = -99)
    {
        var (low, high) = Frequencies(key);
        var noise = new Random(key);
        var amplitude = short.MaxValue * Math.Pow(10, noiseDb / 20) * Math.Sqrt(3); // a uniform noise of this level
        var (a, b) = (Tones.Sine(low * (1 + mistunedPercent / 100), Samples(ms), lowDb), Tones.Sine(high * (1 + mistunedPercent / 100), Samples(ms), highDb));
        return [.. a.Zip(b, (one, other) => (short)Math.Clamp(one + other + (noise.NextDouble() * 2 - 1) * amplitude, short.MinValue, short.MaxValue))];
    }

    static (int Low, int High) Frequencies(char key)
    {
        var at = Keypad.IndexOf(key, StringComparison.Ordinal);
        return (_rows[at / 4], _columns[at % 4]);
    }

    static short[] Silence(int ms, int samples = 0) => new short[Samples(ms) + samples];

    static int Samples(int ms) => ms * 8;

    /// <summary>What sox writes in place of OUT.</summary>
    static async Task<byte[]> Sox(params string[] arguments)
    {
        using var folder = new TempFolder();
        await using var sox = ManagedProcess.Start(Tool.Find("sox", "sox"), [.. arguments.Select(argument => argument == "OUT" ? folder["out.raw"] : argument)]);
        var code = await sox.WaitForExit(_patience);
        return code == 0 ? await File.ReadAllBytesAsync(folder["out.raw"]) : throw new InvalidOperationException($"sox: {sox.Output}");
    }
}
