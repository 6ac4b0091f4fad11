using Npgsql;
using NpgsqlTypes;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.Postgres.Sections;

/// <summary>A column of a read model's rows: nullable values of the declared kind.</summary>
sealed class ValueColumn : Column
{
    readonly Column _values;
    readonly Action<object?> _add;

    ValueColumn(Column values, Action<object?> add) => (_values, _add) = (values, add);

    public override string Type => _values.Type;

    public override int Count => _values.Count;

    public override NpgsqlParameter Parameter => _values.Parameter;

    public static ValueColumn Of(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => Of<string?>(NpgsqlDbType.Text, "text", value => (string?)value),
        ColumnKind.Integer => Of(NpgsqlDbType.Bigint, "bigint", value => (long?)value),
        ColumnKind.Decimal => Of(NpgsqlDbType.Numeric, "numeric", value => (decimal?)value),
        ColumnKind.Boolean => Of(NpgsqlDbType.Boolean, "boolean", value => (bool?)value),
        _ => Of(NpgsqlDbType.TimestampTz, "timestamptz", value => ((DateTimeOffset?)value)?.UtcDateTime),
    };

    public void Add(object? value) => _add(value);

    public override void Clear() => _values.Clear();

    static ValueColumn Of<T>(NpgsqlDbType type, string name, Func<object?, T> convert)
    {
        var values = new Column<T>(type, name);
        return new(values, value => values.Add(convert(value)));
    }
}
