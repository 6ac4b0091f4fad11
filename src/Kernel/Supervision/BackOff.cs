using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace TeleCube.Kernel.Supervision;

/// <summary>The wait before a repeated attempt: none before the first, then doubling from <paramref name="Initial"/> to <paramref name="Limit"/>.</summary>
public sealed record BackOff(TimeSpan Initial, TimeSpan Limit)
{
    public static readonly BackOff Default = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));

    /// <summary>The wait before attempt <paramref name="attempt"/> (1 is the first). Spread by up to a quarter by <paramref name="who"/>, so that
    /// thousands that failed together do not come back together.</summary>
    public TimeSpan Before(int attempt, string who)
    {
        if (attempt <= 1) return TimeSpan.Zero;
        var doubled = Initial * Math.Pow(2, Math.Min(attempt - 2, 30));
        var wait = doubled < Limit ? doubled : Limit;
        var spread = XxHash64.HashToUInt64(MemoryMarshal.AsBytes(who.AsSpan())) % 256 / 1024d;
        return wait * (1 - spread);
    }
}
