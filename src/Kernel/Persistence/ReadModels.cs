using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Persistence;

/// <summary>A table for reading: its name and the typed columns by which it may be filtered and ordered.</summary>
public sealed record ReadModel(string Name, IReadOnlyList<ReadModelColumn> Columns);

/// <summary>
/// One filterable column. Values are string, long, decimal, bool or <see cref="DateTimeOffset"/> by kind.
/// An index serves one tenant's rows; <paramref name="AcrossTenants"/> adds one for those who ask for all tenants' at once.
/// </summary>
public sealed record ReadModelColumn(string Name, ColumnKind Kind, bool Indexed = false, bool AcrossTenants = false);

public enum ColumnKind { Text, Integer, Decimal, Boolean, Time }

/// <summary>Queries over read models; nothing here is on the way of a call.</summary>
public interface IReadModels
{
    Task<ReadModelRow?> Get(string model, TenantId tenant, string id, CancellationToken stop = default);

    Task<ReadModelPage> Query(ReadModelQuery query, CancellationToken stop = default);

    /// <summary>Writes rows that belong to no event (ladders, counters), durably, in the next group.</summary>
    Task Write(IReadOnlyList<StoreWrite> writes, CancellationToken stop = default);
}

/// <summary>
/// A page of one tenant's rows (all tenants when <paramref name="Tenant"/> is null), newest first by <paramref name="OrderBy"/> unless
/// <paramref name="Ascending"/>; ties by id.
/// </summary>
public sealed record ReadModelQuery(
    string Model, TenantId? Tenant, IReadOnlyList<ReadModelFilter> Filters, string OrderBy, bool Ascending, int Limit, string? After);

public sealed record ReadModelFilter(string Column, FilterOperator Operator, object? Value);

public enum FilterOperator { Equal, AtLeast, Below, StartsWith, IsNull, IsNotNull }

public sealed record ReadModelRow(TenantId Tenant, string Id, string Json);

/// <summary>Rows of one page; <paramref name="Next"/> is the opaque cursor for the following one, or null at the end.</summary>
public sealed record ReadModelPage(IReadOnlyList<ReadModelRow> Rows, string? Next);
