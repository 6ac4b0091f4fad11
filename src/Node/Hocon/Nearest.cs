namespace TeleCube.Node.Hocon;

/// <summary>Finds the name that was probably meant.</summary>
public static class Nearest
{
    public static string? To(string given, IEnumerable<string> known) =>
        known.MinBy(name => Distance(given, name));

    /// <summary>Levenshtein: the fewest insertions, deletions and replacements that turn one into the other.</summary>
    public static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.Length];
    }
}
