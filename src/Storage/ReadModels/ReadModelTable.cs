using System.Text.RegularExpressions;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.ReadModels;

/// <summary>A declared read model as a table: its quoted name and its columns in their order.</summary>
sealed partial class ReadModelTable
{
    public const string Id = "id";
    static readonly string[] Reserved = [Id, "tenant", "json"];
    static readonly ReadModelColumn IdColumn = new(Id, ColumnKind.Text);
    readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);

    public ReadModelTable(ReadModel model, int ordinal)
    {
        Model = model;
        Ordinal = ordinal;
        Name = "rm_" + Checked(model.Name).Replace('-', '_');
        foreach (var column in model.Columns)
        {
            if (Reserved.Contains(Checked(column.Name), StringComparer.OrdinalIgnoreCase))
                throw new ArgumentException($"read model {model.Name}: column {column.Name} is built in and must not be declared");
            if (!_ordinals.TryAdd(column.Name, _ordinals.Count))
                throw new ArgumentException($"read model {model.Name}: column {column.Name} is declared twice");
        }
    }

    public ReadModel Model { get; }

    /// <summary>Its place among the declared models; names the parameters of the group statement.</summary>
    public int Ordinal { get; }

    public string Name { get; }

    public string QuotedName => Quoted(Name);

    public IReadOnlyList<ReadModelColumn> Columns => Model.Columns;

    public static string Quoted(string identifier) => $"\"{identifier}\"";

    public ReadModelColumn Column(string name) =>
        name == Id ? IdColumn
        : _ordinals.TryGetValue(name, out var ordinal) ? Columns[ordinal]
        : throw new ArgumentException($"read model {Model.Name} has no column {name}");

    /// <summary>The values of a row in the order of the columns, each of its column's kind; a column that isn't given is null.</summary>
    public object?[] Row(IReadOnlyDictionary<string, object?> given)
    {
        var values = new object?[Columns.Count];
        foreach (var (name, value) in given)
        {
            if (!_ordinals.TryGetValue(name, out var ordinal)) throw new ArgumentException($"read model {Model.Name} has no column {name}");
            values[ordinal] = ColumnValue.Of(Columns[ordinal], value);
        }

        return values;
    }

    static string Checked(string name) =>
        Identifier().IsMatch(name) ? name : throw new ArgumentException($"'{name}' can't name a read model or a column of one");

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,49}$")]
    private static partial Regex Identifier();
}
