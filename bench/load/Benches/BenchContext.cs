using TeleCube.Load.Report;
using TeleCube.Load.Targets;

namespace TeleCube.Load.Benches;

/// <summary>What every bench gets: the target, the report, where scenarios lie, and a voice.</summary>
sealed record BenchContext(RunningTarget Running, LoadReport Report, string Home)
{
    public Target Target => Running.Target;

    /// <summary>Progress goes to standard error, so that standard output is the report alone.</summary>
    public static void Say(string progress) => Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {progress}");
}
