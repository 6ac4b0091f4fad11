using System.Globalization;
using System.Text;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.ReadModels;

/// <summary>A query over a read model as SQL that both stores understand. Null counts as the smallest value; ties go by id and then
/// tenant.</summary>
sealed class ReadModelSql
{
    readonly StringBuilder _sql = new();
    readonly ReadModelTable _table;
    readonly ReadModelQuery _query;

    readonly Func<int, string> _name;

    ReadModelSql(ReadModelTable table, ReadModelQuery query, Func<int, string> name) => (_table, _query, _name) = (table, query, name);

    public string Text => _sql.ToString();

    /// <summary>Values of the parameters in their canonical types.</summary>
    public List<object> Parameters { get; } = [];

    public static ReadModelSql For(ReadModelTable table, ReadModelQuery query, Func<int, string> parameterName)
    {
        if (query.Limit < 1) throw new ArgumentException("a page holds at least one row");
        var sql = new ReadModelSql(table, query, parameterName);
        sql.Build();
        return sql;
    }

    void Build()
    {
        var order = _table.Column(_query.OrderBy);
        var by = ReadModelTable.Quoted(order.Name);
        _sql.Append(CultureInfo.InvariantCulture, $"SELECT tenant, id, json, {by} FROM {_table.QuotedName} WHERE 1 = 1");
        if (_query.Tenant is { } tenant) _sql.Append(CultureInfo.InvariantCulture, $" AND tenant = {Parameter(tenant.Value)}");
        foreach (var filter in _query.Filters) Filter(filter);
        if (_query.After is { } after) Continue(order, by, ReadModelCursor.Decode(after));
        var (way, nulls) = _query.Ascending ? ("ASC", "FIRST") : ("DESC", "LAST");
        _sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {by} {way} NULLS {nulls}, id {way}, tenant {way} LIMIT {_query.Limit + 1}");
    }

    void Filter(ReadModelFilter filter)
    {
        var column = _table.Column(filter.Column);
        var name = ReadModelTable.Quoted(column.Name);
        var value = ColumnValue.Of(column, filter.Value);
        _sql.Append(" AND ").Append((filter.Operator, value) switch
        {
            (FilterOperator.IsNull, _) or (FilterOperator.Equal, null) => $"{name} IS NULL",
            (FilterOperator.IsNotNull, _) => $"{name} IS NOT NULL",
            (_, null) => throw new ArgumentException($"a filter on {column.Name} needs a value"),
            (FilterOperator.Equal, _) => $"{name} = {Parameter(value)}",
            (FilterOperator.AtLeast, _) => $"{name} >= {Parameter(value)}",
            (FilterOperator.Below, _) => $"{name} < {Parameter(value)}",
            // U+10FFFF is a noncharacter, so every text with the prefix sorts below it: a range that an index can answer.
            (FilterOperator.StartsWith, string prefix) => $"{name} >= {Parameter(prefix)} AND {name} < {Parameter(prefix + "\U0010FFFF")}",
            _ => throw new ArgumentException($"{filter.Operator} can't be asked of {column.Name}"),
        });
    }

    void Continue(ReadModelColumn order, string by, ReadModelCursor cursor)
    {
        var beyond = _query.Ascending ? ">" : "<";
        object? value;
        try
        {
            value = ColumnValue.FromText(order.Kind, cursor.Value);
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            throw new ArgumentException("the page cursor belongs to another query", fault);
        }

        var tie = $"(id {beyond} {Parameter(cursor.Id)} OR (id = {Parameter(cursor.Id)} AND tenant {beyond} {Parameter(cursor.Tenant)}))";
        if (value is null)
        {
            _sql.Append(_query.Ascending ? $" AND ({by} IS NOT NULL OR {tie})" : $" AND {by} IS NULL AND {tie}");
            return;
        }

        var last = Parameter(value);
        var nullsFollow = _query.Ascending ? "" : $" OR {by} IS NULL";
        _sql.Append(CultureInfo.InvariantCulture, $" AND ({by} {beyond} {last} OR ({by} = {last} AND {tie}){nullsFollow})");
    }

    string Parameter(object value)
    {
        Parameters.Add(value);
        return _name(Parameters.Count - 1);
    }
}
