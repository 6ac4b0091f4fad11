using System.Diagnostics;
using System.Globalization;

namespace TeleCube.Fuzz.Tests;

/// <summary>
/// Mutates a corpus against one target for FUZZ_SECONDS (5 if not set), in an order that FUZZ_SEED alone decides.
/// An input whose outcome is of a kind not seen before joins the pool, so that mutations build on each other.
/// </summary>
static class Fuzzer
{
    /// <summary>One parse of at most 64 kB must not take longer, on any machine, at any load: what is quadratic takes longer than that, what waits for its core does not.</summary>
    static readonly TimeSpan _longest = TimeSpan.FromSeconds(2);

    const int MaxPool = 5000;

    public static TimeSpan Budget { get; } =
        TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("FUZZ_SECONDS") ?? "5", CultureInfo.InvariantCulture));

    static int Seed { get; } = int.Parse(Environment.GetEnvironmentVariable("FUZZ_SEED") ?? "4475", CultureInfo.InvariantCulture);

    /// <summary>The target checks its properties (an exception is a finding) and returns what kind of outcome it was.</summary>
    public static void Run(IReadOnlyList<byte[]> corpus, Func<byte[], int> target, TimeSpan budget)
    {
        Assert.NotEmpty(corpus);
        var pool = new List<byte[]>();
        var seen = new HashSet<int>();
        foreach (var input in corpus)
        {
            seen.Add(Try(target, input, -1));
            pool.Add(input);
        }

        var mutator = new Mutator(new Random(Seed), pool);
        var watch = Stopwatch.StartNew();
        for (var round = 0; watch.Elapsed < budget; round++)
        {
            var input = mutator.Next();
            if (seen.Add(Try(target, input, round)) && pool.Count < MaxPool) pool.Add(input);
        }
    }

    static int Try(Func<byte[], int> target, byte[] input, int round)
    {
        try
        {
            var begin = Stopwatch.GetTimestamp();
            var kind = target(input);
            // A pause of the machine is no finding; what is slow three times is.
            for (var again = 0; Stopwatch.GetElapsedTime(begin) > _longest; again++)
            {
                if (again == 3) throw new TimeoutException($"took longer than {_longest.TotalSeconds} s, four times");
                begin = Stopwatch.GetTimestamp();
                target(input);
            }
            return kind;
        }
        catch (Exception finding)
        {
            throw new InvalidOperationException(
                $"FUZZ_SEED={Seed}, round {round}; put this into tests/Fuzz/corpus/found and make it a test row: {Convert.ToBase64String(input)}", finding);
        }
    }
}
