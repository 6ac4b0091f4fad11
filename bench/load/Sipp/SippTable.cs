using System.Globalization;

namespace TeleCube.Load.Sipp;

/// <summary>One of SIPp's statistics files: a header and a row a second, semicolons between.</summary>
sealed class SippTable
{
    readonly string[] _columns;
    readonly List<string[]> _rows;

    SippTable(string[] columns, List<string[]> rows)
    {
        _columns = columns;
        _rows = rows;
    }

    public int Rows => _rows.Count;

    public static SippTable Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var columns = (reader.ReadLine() ?? "").Split(';');
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
            if (line.Split(';') is var cells && cells.Length == columns.Length) rows.Add(cells);
        return new(columns, rows);
    }

    /// <summary>A column of the last row.</summary>
    public double Last(string column) => _rows.Count == 0 ? 0 : Number(_rows[^1], Array.IndexOf(_columns, column));

    /// <summary>The sum of all columns of a row whose name ends so: every message's `_Retrans`, for example.</summary>
    public double Sum(int row, string ending)
    {
        var sum = 0.0;
        for (var column = 0; column < _columns.Length; column++)
            if (_columns[column].EndsWith(ending, StringComparison.Ordinal)) sum += Number(_rows[row], column);
        return sum;
    }

    /// <summary>The value in the last row of the last column whose name ends so.</summary>
    public double LastOf(string ending) =>
        _rows.Count == 0 ? 0 : Number(_rows[^1], Array.FindLastIndex(_columns, column => column.EndsWith(ending, StringComparison.Ordinal)));

    /// <summary>Seconds from the first row to this one. A moment is written as `date TAB time TAB epoch`.</summary>
    public double Seconds(int row) => Epoch(row) - Epoch(0);

    /// <summary>A duration that SIPp writes as `00:00:00:000000`, in milliseconds.</summary>
    public double LastMilliseconds(string column)
    {
        var index = Array.IndexOf(_columns, column);
        if (index < 0 || _rows.Count == 0) return 0;
        var parts = _rows[^1][index].Split(':').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return parts.Length == 4 ? (((parts[0] * 60) + parts[1]) * 60 + parts[2]) * 1000 + parts[3] / 1000 : 0;
    }

    double Epoch(int row) => double.Parse(_rows[row][Array.IndexOf(_columns, "CurrentTime")].Split('\t')[^1], CultureInfo.InvariantCulture);

    static double Number(string[] row, int column) =>
        column >= 0 && double.TryParse(row[column], CultureInfo.InvariantCulture, out var value) ? value : 0;
}
