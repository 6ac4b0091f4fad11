using System.Globalization;
using System.Text;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Persistence;

/// <summary>One read model in memory. Nulls order before everything; texts compare by code unit.</summary>
sealed class MemoryTable(ReadModel model)
{
    const string IdColumn = "id";

    readonly Dictionary<(TenantId Tenant, string Id), StoreWrite.Upsert> _rows = [];

    public void Upsert(StoreWrite.Upsert row)
    {
        foreach (var (column, value) in row.Columns) Check(column, value);
        _rows[(row.Tenant, row.Id)] = row with { Columns = row.Columns.ToDictionary(column => column.Key, column => Storable(column.Value)) };
    }

    public void Delete(TenantId tenant, string id) => _rows.Remove((tenant, id));

    public ReadModelRow? Get(TenantId tenant, string id) => _rows.TryGetValue((tenant, id), out var row) ? Row(row) : null;

    public ReadModelPage Query(ReadModelQuery query)
    {
        Check(query.OrderBy, null);
        foreach (var filter in query.Filters) Check(filter.Column, filter.Value);
        var matching = _rows.Values.Where(row => (query.Tenant is not { } tenant || row.Tenant == tenant)
            && query.Filters.All(filter => Matches(Value(row, filter.Column), filter)));
        var ordered = matching.Order(Comparer<StoreWrite.Upsert>.Create((a, b) => Compare(a, b, query)));
        var rest = query.After is { } after ? ordered.SkipWhile(row => !IsAfter(row, after, query)) : ordered;
        var page = rest.Take(query.Limit + 1).ToList();
        var more = page.Count > query.Limit;
        if (more) page.RemoveAt(query.Limit);
        return new ReadModelPage([.. page.Select(Row)], more ? CursorOf(page[^1], query) : null);
    }

    static object? Storable(object? value) => value is string text ? StorableText.Of(text) : value;

    static bool Matches(object? value, ReadModelFilter filter) => filter.Operator switch
    {
        FilterOperator.IsNull => value is null,
        FilterOperator.IsNotNull => value is not null,
        FilterOperator.Equal => Compare(value, filter.Value) == 0,
        FilterOperator.AtLeast => value is not null && Compare(value, filter.Value) >= 0,
        FilterOperator.Below => value is not null && Compare(value, filter.Value) < 0,
        FilterOperator.StartsWith => value is string text && text.StartsWith((string)filter.Value!, StringComparison.Ordinal),
        _ => throw new ArgumentException($"unknown operator {filter.Operator}", nameof(filter)),
    };

    static int Compare(StoreWrite.Upsert a, StoreWrite.Upsert b, ReadModelQuery query)
    {
        var order = Compare(Value(a, query.OrderBy), Value(b, query.OrderBy));
        if (order == 0) order = string.CompareOrdinal(a.Id, b.Id);
        if (order == 0) order = string.CompareOrdinal(a.Tenant.Value, b.Tenant.Value);
        return query.Ascending ? order : -order;
    }

    static int Compare(object? a, object? b) => (a, b) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string x, string y) => string.CompareOrdinal(x, y),
        _ => ((IComparable)a).CompareTo(b),
    };

    static object? Value(StoreWrite.Upsert row, string column) => column == IdColumn ? row.Id : row.Columns.GetValueOrDefault(column);

    // The whole position, not an offset: rows that come or go elsewhere move nothing.
    static string CursorOf(StoreWrite.Upsert row, ReadModelQuery query)
    {
        var value = Value(row, query.OrderBy);
        var text = value is DateTimeOffset time ? time.ToString("O", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes($"{(value is null ? '0' : '1')}{text}\n{row.Id}\n{row.Tenant.Value}"));
    }

    bool IsAfter(StoreWrite.Upsert row, string cursor, ReadModelQuery query)
    {
        var parts = Encoding.UTF8.GetString(Convert.FromBase64String(cursor)).Split('\n');
        if (parts.Length != 3) throw new FormatException("the cursor is not one of these");
        var value = parts[0][0] == '0' ? null : Parse(query.OrderBy, parts[0][1..]);
        var last = new StoreWrite.Upsert(model.Name, new TenantId(parts[2]), parts[1], new Dictionary<string, object?> { [query.OrderBy] = value }, "");
        return Compare(row, last, query) > 0;
    }

    object Parse(string column, string text) => KindOf(column) switch
    {
        ColumnKind.Integer => long.Parse(text, CultureInfo.InvariantCulture),
        ColumnKind.Decimal => decimal.Parse(text, CultureInfo.InvariantCulture),
        ColumnKind.Boolean => bool.Parse(text),
        ColumnKind.Time => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture),
        _ => text,
    };

    ColumnKind KindOf(string column) => column == IdColumn
        ? ColumnKind.Text
        : model.Columns.FirstOrDefault(declared => declared.Name == column)?.Kind
            ?? throw new ArgumentException($"{model.Name} has no column {column}", nameof(column));

    void Check(string column, object? value)
    {
        var fits = (KindOf(column), value) switch
        {
            (_, null) => true,
            (ColumnKind.Text, string) => true,
            (ColumnKind.Integer, long) => true,
            (ColumnKind.Decimal, decimal) => true,
            (ColumnKind.Boolean, bool) => true,
            (ColumnKind.Time, DateTimeOffset) => true,
            _ => false,
        };
        if (!fits) throw new ArgumentException($"{model.Name}.{column} takes no {value!.GetType().Name}", nameof(value));
    }

    static ReadModelRow Row(StoreWrite.Upsert row) => new(row.Tenant, row.Id, row.Json);
}
