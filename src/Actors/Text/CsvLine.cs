using System.Text;

namespace TeleCube.Actors.Text;

/// <summary>
/// One line of CSV (RFC 4180 §2): fields between separators, quoted ones with doubled quotes; a field never spans lines here.
/// </summary>
public static class CsvLine
{
    public static IReadOnlyList<string> Split(string line, char separator)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"') field.Append(line[++i]);
            else if (c == '"') quoted = !quoted;
            else if (c == separator && !quoted) Close();
            else field.Append(c);
        }

        Close();
        return fields;

        void Close()
        {
            fields.Add(field.ToString().Trim());
            field.Clear();
        }
    }

    public static bool IsBlankOrComment(string line) => string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#');
}
