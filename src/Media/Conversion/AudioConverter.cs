namespace TeleCube.Media.Conversion;

/// <summary>
/// Turns an uploaded file into what the players play: WAV, 8 kHz, one channel, 16 bit, at one loudness. Plain WAV needs nothing else; other formats
/// need FFmpeg. What can't be taken is refused with its reason. Two at a time, so that uploads never take a machine from its calls.
/// </summary>
public sealed class AudioConverter : IDisposable
{
    const int RateHz = 8000;
    const int AtOnce = 2;

    readonly ConversionLimits _limits;
    readonly Ffmpeg? _foreign;
    readonly SemaphoreSlim _turns = new(AtOnce);

    /// <summary>The decoder is a program's path, or a name looked for in PATH; null, or one that is not there, takes plain WAV only.</summary>
    public AudioConverter(ConversionLimits limits, string? decoder)
    {
        _limits = limits;
        _foreign = decoder is not null && Ffmpeg.Find(decoder) is { } program ? new Ffmpeg(program, limits) : null;
    }

    public ConversionLimits Limits => _limits;

    /// <summary>The upload must be able to seek, and stands at its beginning.</summary>
    public async Task<ConversionResult> Convert(Stream upload, Stream to, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        ArgumentNullException.ThrowIfNull(to);
        if (upload.Length == 0) return Refused(AudioFault.Empty, "The file is empty.");
        if (upload.Length > _limits.MaxBytes) return Refused(AudioFault.TooLarge, $"The file has {upload.Length} bytes, at most {_limits.MaxBytes} are taken.");
        await _turns.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => ConvertNow(upload, to, stop), stop).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    async Task<ConversionResult> ConvertNow(Stream upload, Stream to, CancellationToken stop)
    {
        if (KindOf(upload) is not { } kind)
            return Refused(AudioFault.NotAudio, "It is no audio file that is known here; WAV (PCM, A-law, µ-law) is always taken.");
        AudioFault? fault = null;
        if (kind == AudioKind.Wav)
        {
            var source = WavSource.Open(upload, _limits, out fault);
            if (source is not null) return Finish(source, to, _limits);
            if (fault!.Code != AudioFault.UnsupportedEncoding) return ConversionResult.Refused(fault);
            upload.Position = 0;
        }
        return await ConvertForeign(kind, fault, upload, to, stop).ConfigureAwait(false);
    }

    async Task<ConversionResult> ConvertForeign(AudioKind kind, AudioFault? why, Stream upload, Stream to, CancellationToken stop)
    {
        if (_foreign is null)
            return Refused(AudioFault.NeedsDecoder, why is null
                ? $"It is {kind.Name}, and ffmpeg, which could decode it, is not installed here: send WAV (PCM, A-law or µ-law), or have it installed."
                : why.Text + " ffmpeg, which could decode it, is not installed here: save it as PCM, or have it installed.");
        ConversionResult? result = null;
        var fault = await _foreign.Decode(kind, upload, raw => (result = Finish(new RawSource(raw, Ffmpeg.RateHz, _limits), to, _limits)).Fault, stop)
            .ConfigureAwait(false);
        return fault is null ? result! : ConversionResult.Refused(fault);
    }

    /// <summary>Leaves the file at its beginning.</summary>
    static AudioKind? KindOf(Stream upload)
    {
        Span<byte> begin = stackalloc byte[AudioKind.BytesNeeded];
        var read = upload.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        upload.Position = 0;
        return AudioKind.Of(begin[..read]);
    }

    static ConversionResult Finish(SampleSource source, Stream to, ConversionLimits limits)
    {
        var samples = ReadAll(source.RateHz == RateHz ? source : new Resampler(source, RateHz), out var fault);
        if (fault is not null) return ConversionResult.Refused(fault);
        if (samples.Length == 0) return Refused(AudioFault.Empty, "There is no audio in the file.");
        var length = TimeSpan.FromSeconds((double)samples.Length / RateHz);
        if (length < limits.MinLength) return ConversionResult.Refused(TooShort(length, limits));
        if (Loudness.Measure(samples.Span, RateHz) is not { } loudness) return ConversionResult.Refused(Silent);
        var gain = Levelling.GainDb(loudness);
        Levelling.Write(samples.Span, RateHz, gain, to);
        return ConversionResult.Of(new(length, loudness, gain));
    }

    /// <summary>Grows with what is really there, up to the longest that the sources let through.</summary>
    static ReadOnlyMemory<float> ReadAll(SampleSource source, out AudioFault? fault)
    {
        var samples = new float[8 * RateHz];
        var count = 0;
        while (source.Read(samples.AsSpan(count)) is > 0 and var read)
        {
            count += read;
            if (count == samples.Length) Array.Resize(ref samples, 2 * count);
        }
        fault = source.Fault;
        return samples.AsMemory(0, count);
    }

    static AudioFault TooShort(TimeSpan length, ConversionLimits limits) => new(
        AudioFault.TooShort, $"It is {length.TotalMilliseconds:0.###} ms long, and nobody makes out what is shorter than {limits.MinLength.TotalMilliseconds:0} ms."
        + " Send the whole recording.");

    static AudioFault Silent => new(
        AudioFault.Silent, "It is silent from beginning to end. Look at the microphone or the program that recorded it, and record it again.");

    static ConversionResult Refused(string code, string text) => ConversionResult.Refused(new(code, text));
}
