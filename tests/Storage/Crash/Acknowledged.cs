using System.Globalization;

namespace TeleCube.Storage.Tests.Crash;

/// <summary>What writers were told is durable: the last number of each stream.</summary>
public sealed class Acknowledged
{
    public Dictionary<string, long> Streams { get; } = new(StringComparer.Ordinal);

    /// <summary>Outcomes that no writer may ever see.</summary>
    public List<string> Complaints { get; } = [];

    public void Note(string line)
    {
        var parts = line.Split(' ');
        if (line.StartsWith('!')) Complaints.Add(line);
        else if (parts is [var stream, var number]) Streams[stream] = long.Parse(number, CultureInfo.InvariantCulture);
    }
}
