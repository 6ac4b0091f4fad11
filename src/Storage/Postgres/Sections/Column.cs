using Npgsql;
using NpgsqlTypes;

namespace TeleCube.Storage.Postgres.Sections;

/// <summary>One array of a group's statement: filled, sent as a parameter, emptied and used again.</summary>
abstract class Column
{
    public abstract string Type { get; }

    public abstract int Count { get; }

    public abstract NpgsqlParameter Parameter { get; }

    public abstract void Clear();
}

/// <inheritdoc cref="Column"/>
sealed class Column<T>(NpgsqlDbType type, string name) : Column
{
    readonly List<T> _values = [];

    public override string Type => name;

    public override int Count => _values.Count;

    public override NpgsqlParameter Parameter => new NpgsqlParameter<List<T>> { TypedValue = _values, NpgsqlDbType = NpgsqlDbType.Array | type };

    public void Add(T value) => _values.Add(value);

    public override void Clear() => _values.Clear();
}
