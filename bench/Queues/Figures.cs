using System.Diagnostics;
using System.Globalization;

namespace TeleCube.Bench.Queues;

/// <summary>What events have cost, by their names, in the order in which they were met first.</summary>
sealed class Figures
{
    readonly Dictionary<string, (List<double> Microseconds, List<double> Bytes)> _costs = [];
    readonly List<string> _names = [];

    public void Measure(string name, Action work)
    {
        var (allocated, began) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        work();
        var (took, bytes) = (Stopwatch.GetElapsedTime(began), GC.GetAllocatedBytesForCurrentThread() - allocated);
        if (!_costs.TryGetValue(name, out var cost))
        {
            _costs[name] = cost = ([], []);
            _names.Add(name);
        }

        cost.Microseconds.Add(took.TotalMicroseconds);
        cost.Bytes.Add(bytes);
    }

    public static void Print(int[] sizes, Figures[] all)
    {
        Console.WriteLine($"| waiting | {string.Join(" | ", sizes)} | × |");
        Console.WriteLine($"|---|{string.Concat(sizes.Select(_ => "---|"))}---|");
        foreach (var name in all[0]._names)
        {
            var times = all.Select(one => Median(one._costs[name].Microseconds)).ToList();
            var cells = all.Select((one, i) => string.Create(CultureInfo.InvariantCulture, $"{times[i]:0} µs, {one._costs[name].Bytes.Average() / 1000:0} kB"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", cells)} | {times[^1] / times[0]:0.0} |"));
        }
    }

    static double Median(List<double> some) => some.Order().ElementAt(some.Count / 2);
}
