namespace TeleCube.Load.Machine;

/// <summary>What a process tree uses at one moment.</summary>
readonly record struct ProcessSample(TimeSpan Cpu, long ResidentBytes, long PrivateBytes, int Descriptors, int Threads, long Switches)
{
    public static ProcessSample operator +(ProcessSample a, ProcessSample b) => new(
        a.Cpu + b.Cpu, a.ResidentBytes + b.ResidentBytes, a.PrivateBytes + b.PrivateBytes, a.Descriptors + b.Descriptors, a.Threads + b.Threads,
        a.Switches + b.Switches);
}
