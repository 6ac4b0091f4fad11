using System.Globalization;

namespace TeleCube.Load.Machine;

/// <summary>The processes that are measured: the given ones and all their descendants, read from /proc.</summary>
sealed class ProcessTree(IReadOnlyList<int> roots)
{
    static readonly double TicksPerSecond = 100; // USER_HZ is 100 on every Linux that .NET runs on

    public ProcessSample Sample()
    {
        var sample = default(ProcessSample);
        foreach (var process in Members()) sample += Read(process);
        return sample;
    }

    /// <summary>utime + stime of every member, living and dead threads included.</summary>
    public TimeSpan Cpu() => Members().Aggregate(TimeSpan.Zero, (sum, process) => sum + Cpu(process));

    /// <summary>Context switches of every thread that lives.</summary>
    public long Switches() => Members().Sum(Switches);

    static ProcessSample Read(int process) => new(
        Cpu(process),
        Resident(process),
        Field($"/proc/{process}/smaps_rollup", "Pss_Anon:") ?? 0,
        Count($"/proc/{process}/fd"),
        Count($"/proc/{process}/task"),
        Switches(process));

    static TimeSpan Cpu(int process) =>
        Stat(process) is { } stat ? TimeSpan.FromSeconds((Number(stat[11]) + Number(stat[12])) / TicksPerSecond) : TimeSpan.Zero;

    /// <summary>The proportional set, so that memory shared by forked workers counts once; plain RSS where the kernel hides it.</summary>
    static long Resident(int process) => Field($"/proc/{process}/smaps_rollup", "Pss:") ?? Field($"/proc/{process}/status", "VmRSS:") ?? 0;

    static long Switches(int process)
    {
        try
        {
            return Directory.EnumerateDirectories($"/proc/{process}/task").Sum(thread =>
                (Counter(thread + "/status", "voluntary_ctxt_switches:") ?? 0) + (Counter(thread + "/status", "nonvoluntary_ctxt_switches:") ?? 0));
        }
        catch (IOException)
        {
            return 0; // the process is gone
        }
    }

    HashSet<int> Members()
    {
        var parents = new Dictionary<int, int>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var process) && Stat(process) is { } stat)
                parents[process] = (int)Number(stat[1]);
        var members = new HashSet<int>(roots.Where(parents.ContainsKey));
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var (process, parent) in parents)
                if (members.Contains(parent)) grown |= members.Add(process);
        }
        return roots.All(members.Contains) ? members : throw new LoadException($"a measured process is gone (of {string.Join(", ", roots)})");
    }

    /// <summary>The fields of /proc/PID/stat after the name in brackets: [0] state, [1] parent, [11] utime, [12] stime.</summary>
    static string[]? Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null; // it ended between the listing and the reading
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    static long? Field(string path, string name) => Counter(path, name) * 1024;

    static long? Counter(string path, string name)
    {
        try
        {
            var line = File.ReadLines(path).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line is null ? null : Number(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static int Count(string directory)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(directory).Count();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
