namespace TeleCube.Media.Conversion;

/// <summary>Audio on its way in: one channel, samples around ±1, read once from beginning to end.</summary>
abstract class SampleSource
{
    public abstract int RateHz { get; }

    /// <summary>Set when the audio broke off.</summary>
    public AudioFault? Fault { get; protected set; }

    /// <summary>Fills as much as there is; 0 at the end.</summary>
    public abstract int Read(Span<float> samples);
}
