using System.Collections.Immutable;
using System.Globalization;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Billing;

/// <summary>
/// The CSV form of a tariff's rows: <c>key,name,net[,unit[,first[,next]]]</c>. Separated by commas, or by semicolons, and then with decimal
/// commas too, as Polish spreadsheets save it. Every wrong line is named; nothing is imported unless all are right.
/// </summary>
public static class TariffCsv
{
    const int MaxStepSeconds = 3600;
    const int MaxDecimals = 4;
    const decimal MaxNet = 10_000;

    public static TariffCsvResult Parse(TextReader text)
    {
        var rows = new Dictionary<TariffKey, TariffRow>();
        var errors = new List<LineError>();
        for (var line = 1; text.ReadLine() is { } raw; line++)
        {
            if (CsvLine.IsBlankOrComment(raw) || IsHeader(raw)) continue;
            var fault = Read(raw, out var row);
            if (fault is null && !rows.TryAdd(row!.Key, row)) fault = $"'{row.Key}' stands twice";
            if (fault is not null) errors.Add(new LineError(line, fault));
        }

        if (rows.Count == 0 && errors.Count == 0) errors.Add(new LineError(1, "the file has no rows"));
        return new TariffCsvResult(errors.Count == 0 ? [.. rows.Values] : [], errors);
    }

    static bool IsHeader(string line) => line.TrimStart('\uFEFF', ' ', '"').StartsWith("key", StringComparison.OrdinalIgnoreCase);

    static string? Read(string line, out TariffRow? row)
    {
        row = null;
        var semicolons = line.Contains(';', StringComparison.Ordinal);
        var fields = CsvLine.Split(line.TrimStart('\uFEFF'), semicolons ? ';' : ',');
        if (fields.Count is < 3 or > 6) return "expected key,name,net,unit,first,next";
        if (!TariffKey.TryParse(fields[0], out var key)) return $"'{fields[0]}' is neither digits, short:digits nor a name";
        if (fields[1].Length == 0) return "the name is missing";
        if (!TryNet(semicolons ? fields[2].Replace(',', '.') : fields[2], out var net)) return $"'{fields[2]}' is no price of at most 4 decimals";
        if (!TryUnit(At(fields, 3, "minute"), out var unit)) return $"'{fields[3]}' is neither minute nor sms";
        if (!TryStep(At(fields, 4, "1"), out var first)) return $"'{fields[4]}' is no step of 1 to {MaxStepSeconds} s";
        if (!TryStep(At(fields, 5, "1"), out var next)) return $"'{fields[5]}' is no step of 1 to {MaxStepSeconds} s";
        row = new TariffRow(key, fields[1], net, unit, first, next);
        return null;
    }

    static string At(IReadOnlyList<string> fields, int index, string otherwise) =>
        index < fields.Count && fields[index].Length > 0 ? fields[index] : otherwise;

    static bool TryNet(string text, out decimal net) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out net)
        && net <= MaxNet && decimal.Round(net, MaxDecimals) == net;

    static bool TryUnit(string text, out TariffUnit unit)
    {
        unit = text.Equals("sms", StringComparison.OrdinalIgnoreCase) ? TariffUnit.Sms : TariffUnit.Minute;
        return unit == TariffUnit.Sms || text.Equals("minute", StringComparison.OrdinalIgnoreCase);
    }

    static bool TryStep(string text, out int step) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out step) && step is >= 1 and <= MaxStepSeconds;
}

/// <summary>Rows, or what is wrong with the lines.</summary>
public sealed record TariffCsvResult(ImmutableArray<TariffRow> Rows, IReadOnlyList<LineError> Errors);
