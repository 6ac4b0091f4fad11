using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TeleCube.Load.Machine;

namespace TeleCube.Load.Report;

/// <summary>The result of a run: printed as markdown, written as markdown and JSON; it reports, it never judges times.</summary>
sealed class LoadReport(string target, string command, DateTimeOffset started)
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    readonly List<ReportTable> _tables = [];
    readonly string _loadBefore = Host.LoadAverage();

    public ReportTable Table(string title, string note = "")
    {
        var table = new ReportTable(title, note);
        _tables.Add(table);
        return table;
    }

    public string ToMarkdown() =>
        $"# {target}: {command}\n\n{Host.Describe()}; load average {_loadBefore} before, {Host.LoadAverage()} after; {started:yyyy-MM-dd HH:mm} UTC.\n"
        + "CPU is user + system time of the target's processes. Medians; differences under 10 % mean nothing.\n"
        + string.Concat(_tables.Select(table => table.ToMarkdown()));

    public string Write(string directory)
    {
        Directory.CreateDirectory(directory);
        var name = string.Create(CultureInfo.InvariantCulture, $"{started:yyyyMMdd-HHmmss}-{Plain(target)}-{command}");
        File.WriteAllText(Path.Combine(directory, name + ".md"), ToMarkdown());
        var json = new JsonObject
        {
            ["target"] = target,
            ["command"] = command,
            ["started"] = started,
            ["machine"] = Host.Describe(),
            ["loadAverageBefore"] = _loadBefore,
            ["tables"] = new JsonArray([.. _tables.Select(table => table.ToJson())]),
        };
        File.WriteAllText(Path.Combine(directory, name + ".json"), json.ToJsonString(Indented));
        return Path.Combine(directory, name + ".md");
    }

    static string Plain(string text) => string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-')).Trim('-');
}
