using System.Globalization;
using System.Text.RegularExpressions;

namespace TeleCube.Load.Machine;

/// <summary>Named gauges of a target's metrics page (Prometheus' text format); series of one name are summed.</summary>
sealed class Gauges(string url, string pattern) : IDisposable
{
    readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    readonly Regex _wanted = new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public async Task<Dictionary<string, double>> Read(CancellationToken stop)
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        if (url.Length == 0) return sums;
        var page = await _http.GetStringAsync(new Uri(url), stop);
        var kinds = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in page.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal) && line.Split(' ') is [_, _, var name, var kind]) kinds[name] = kind;
            else if (line.Length > 0 && line[0] != '#') Add(line, kinds, sums);
        }
        return sums;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>`name{labels} value`; counters grow by nature, so only gauges and untyped series are kept.</summary>
    void Add(string line, Dictionary<string, string> kinds, Dictionary<string, double> sums)
    {
        var name = line[..line.AsSpan().IndexOfAny('{', ' ')];
        if (kinds.GetValueOrDefault(name, "gauge") is not ("gauge" or "untyped") || !_wanted.IsMatch(name)) return;
        var value = line[(line.LastIndexOf('}') + 1)..].Trim();
        if (line.IndexOf('{', StringComparison.Ordinal) < 0) value = value[name.Length..].Trim();
        if (double.TryParse(value.Split(' ')[0], CultureInfo.InvariantCulture, out var number)) sums[name] = sums.GetValueOrDefault(name) + number;
    }
}
