using System.Globalization;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.ReadModels;

/// <summary>A column's value in the one CLR type of its kind, and its text in a cursor.</summary>
static class ColumnValue
{
    public static object? Of(ReadModelColumn column, object? value) => (column.Kind, value) switch
    {
        (_, null) => null,
        (ColumnKind.Text, string text) => StorableText.Of(text),
        (ColumnKind.Integer, long number) => number,
        (ColumnKind.Integer, int number) => (long)number,
        (ColumnKind.Decimal, decimal number) => number,
        (ColumnKind.Decimal, long number) => (decimal)number,
        (ColumnKind.Decimal, int number) => (decimal)number,
        (ColumnKind.Boolean, bool truth) => truth,
        (ColumnKind.Time, DateTimeOffset time) => Microseconds.Truncate(time),
        _ => throw new ArgumentException($"column {column.Name} is of kind {column.Kind} and can't hold a {value.GetType().Name}"),
    };

    public static string? ToText(object? value) => value switch
    {
        null => null,
        DateTimeOffset time => Microseconds.From(time).ToString(CultureInfo.InvariantCulture),
        bool truth => truth ? "1" : "0",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    public static object? FromText(ColumnKind kind, string? text) => (kind, text) switch
    {
        (_, null) => null,
        (ColumnKind.Text, _) => text,
        (ColumnKind.Integer, _) => long.Parse(text, CultureInfo.InvariantCulture),
        (ColumnKind.Decimal, _) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        (ColumnKind.Boolean, _) => text == "1",
        _ => Microseconds.ToTime(long.Parse(text, CultureInfo.InvariantCulture)),
    };
}
