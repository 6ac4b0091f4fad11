using System.Diagnostics.CodeAnalysis;
using TeleCube.Actors.Text;

namespace TeleCube.Actors.Numbers;

/// <summary>Reads a numbering plan's file and names every line that is wrong.</summary>
sealed class NumberingPlanReader
{
    const int Columns = 6;
    const string Shorts = "short:";
    const string Internals = "internal:";

    readonly Dictionary<string, NumberInfo> _prefixes = [];
    readonly Dictionary<string, NumberInfo> _shorts = [];
    readonly HashSet<string> _reserved = [];
    readonly List<LineError> _errors = [];

    public static bool TryRead(TextReader text, [NotNullWhen(true)] out NumberingPlan? plan, out IReadOnlyList<LineError> errors)
    {
        var reader = new NumberingPlanReader();
        for (var line = 1; text.ReadLine() is { } row; line++)
            if (!CsvLine.IsBlankOrComment(row) && reader.Read(row) is { } fault) reader._errors.Add(new LineError(line, fault));
        if (reader._prefixes.Count == 0 && reader._errors.Count == 0) reader._errors.Add(new LineError(1, "the plan names no prefix"));
        errors = reader._errors;
        plan = errors.Count == 0 ? new NumberingPlan(reader._prefixes, reader._shorts, reader._reserved) : null;
        return plan is not null;
    }

    string? Read(string row)
    {
        if (CsvLine.Split(row, ',') is not { Count: Columns } fields)
            return $"expected {Columns} columns: prefix,class,country,destination,zone,operator";
        if (!Enum.TryParse<NumberClass>(fields[1], out var @class) || !Enum.IsDefined(@class))
            return $"'{fields[1]}' is no class; known are {string.Join(", ", Enum.GetNames<NumberClass>())}";
        return Add(fields[0], Describe(@class, fields));
    }

    string? Add(string prefix, NumberInfo info)
    {
        if (prefix.StartsWith(Internals, StringComparison.Ordinal)) return Reserve(prefix[Internals.Length..]);
        var isShort = prefix.StartsWith(Shorts, StringComparison.Ordinal);
        var digits = isShort ? prefix[Shorts.Length..] : prefix;
        if (digits.Length == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9')) return $"'{prefix}' is no prefix of digits";
        return (isShort ? _shorts : _prefixes).TryAdd(digits, info) ? null : $"'{prefix}' stands twice";
    }

    string? Reserve(string digits)
    {
        if (!ExtensionNumber.TryParse(digits, out _)) return $"'{digits}' is no number of 2 to 4 digits";
        return _reserved.Add(digits) ? null : $"'{digits}' is reserved twice";
    }

    static NumberInfo Describe(NumberClass @class, IReadOnlyList<string> fields)
    {
        var (country, destination, zone, holder) = (fields[2], fields[3], fields[4], fields[5]);
        return new NumberInfo(
            @class,
            country,
            holder.Length > 0 ? $"{destination} - {holder}" : destination,
            country.Length > 0 && zone.Length > 0 ? $"{country} > {zone}" : country,
            holder.Length > 0 ? holder : null);
    }
}
