using System.Globalization;
using System.Runtime.InteropServices;

namespace TeleCube.Load.Machine;

/// <summary>Names the machine of a run, because a figure without its machine says nothing.</summary>
static class Host
{
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0.#} GB, Linux {Environment.OSVersion.Version}, {RuntimeInformation.FrameworkDescription}");

    public static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
}
