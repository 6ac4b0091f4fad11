using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace TeleCube.Load.Report;

/// <summary>A table whose rows are both printed and kept as JSON, so that the two can't disagree.</summary>
sealed class ReportTable(string title, string note)
{
    readonly List<(string Column, object? Value)[]> _rows = [];

    public void Add(params (string Column, object? Value)[] row) => _rows.Add(row);

    public string ToMarkdown()
    {
        var text = new StringBuilder($"\n## {title}\n\n");
        if (note.Length > 0) text.Append(note).Append("\n\n");
        if (_rows.Count == 0) return text.Append("Nothing was measured.\n").ToString();
        var columns = _rows.SelectMany(row => row.Select(cell => cell.Column)).Distinct().ToArray();
        text.Append("| ").AppendJoin(" | ", columns).Append(" |\n|").AppendJoin("|", columns.Select(_ => "---")).Append("|\n");
        foreach (var row in _rows)
            text.Append("| ").AppendJoin(" | ", columns.Select(column => Text(row.FirstOrDefault(cell => cell.Column == column).Value))).Append(" |\n");
        return text.ToString();
    }

    public JsonObject ToJson()
    {
        var rows = new JsonArray();
        foreach (var row in _rows)
            rows.Add(new JsonObject(row.Select(cell => new KeyValuePair<string, JsonNode?>(cell.Column, Json(cell.Value)))));
        return new JsonObject { ["title"] = title, ["note"] = note, ["rows"] = rows };
    }

    static JsonNode? Json(object? value) => value switch
    {
        null => null,
        double number when !double.IsFinite(number) => null,
        double number => number,
        int number => number,
        long number => number,
        bool flag => flag,
        _ => value.ToString(),
    };

    static string Text(object? value) => value switch
    {
        null => "–",
        double number when !double.IsFinite(number) => "–",
        double number => number.ToString(Math.Abs(number) >= 100 ? "0" : Math.Abs(number) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture),
        bool flag => flag ? "yes" : "no",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
