using BenchmarkDotNet.Attributes;
using TeleCube.Media.Codecs;

namespace TeleCube.Bench.Micro;

/// <summary>One 20 ms frame of A-law by table and by vector, and the conversion that a mixed call needs.</summary>
[MemoryDiagnoser]
public class G711Bench
{
    readonly byte[] _codes = new byte[160];
    readonly short[] _samples = new short[160];

    [GlobalSetup]
    public void Fill()
    {
        new Random(1).NextBytes(_codes);
        G711.DecodeALaw(_codes, _samples);
    }

    [Benchmark(Baseline = true)]
    public void DecodeByTable() => G711.DecodeALaw(_codes, _samples);

    [Benchmark]
    public void DecodeByVector() => G711Vector.DecodeALaw(_codes, _samples);

    [Benchmark]
    public void EncodeByTable() => G711.EncodeALaw(_samples, _codes);

    [Benchmark]
    public void EncodeByVector() => G711Vector.EncodeALaw(_samples, _codes);

    [Benchmark]
    public void ConvertToMuLaw() => G711.ALawToMuLawInPlace(_codes);
}
