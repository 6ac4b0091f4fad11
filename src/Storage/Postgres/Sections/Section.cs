using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using TeleCube.Storage.Groups;

namespace TeleCube.Storage.Postgres.Sections;

/// <summary>One part of a group's statement: the rows of one kind that the group writes, and the CTE that writes them.</summary>
abstract class Section
{
    readonly List<Column> _columns = [];

    public bool IsEmpty => _columns[0].Count == 0;

    /// <summary>Takes its rows from a write; <paramref name="no"/> is the write's number in the group.</summary>
    public abstract void Collect(int no, PendingWrite write);

    /// <summary>The CTE, each beginning with a comma. <paramref name="rows"/> is an <c>unnest</c> of the columns in their order.</summary>
    protected abstract string Sql(string rows);

    public void Write(StringBuilder sql, ref int parameter)
    {
        var rows = new StringBuilder("unnest(");
        foreach (var column in _columns)
            rows.Append(CultureInfo.InvariantCulture, $"{(column == _columns[0] ? "" : ", ")}${++parameter}::{column.Type}[]");
        sql.Append(Sql(rows.Append(')').ToString()));
    }

    public void Bind(NpgsqlParameterCollection parameters)
    {
        foreach (var column in _columns) parameters.Add(column.Parameter);
    }

    public void Clear()
    {
        foreach (var column in _columns) column.Clear();
    }

    protected Column<int> Int() => Add(new Column<int>(NpgsqlDbType.Integer, "int"));

    protected Column<int?> NullableInt() => Add(new Column<int?>(NpgsqlDbType.Integer, "int"));

    protected Column<long> Long() => Add(new Column<long>(NpgsqlDbType.Bigint, "bigint"));

    protected Column<string?> Text() => Add(new Column<string?>(NpgsqlDbType.Text, "text"));

    protected Column<DateTime> Time() => Add(new Column<DateTime>(NpgsqlDbType.TimestampTz, "timestamptz"));

    protected Column<byte[]> Bytes() => Add(new Column<byte[]>(NpgsqlDbType.Bytea, "bytea"));

    protected T Add<T>(T column) where T : Column
    {
        _columns.Add(column);
        return column;
    }
}
