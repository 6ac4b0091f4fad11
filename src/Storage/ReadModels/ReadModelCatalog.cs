using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.ReadModels;

/// <summary>The read models declared at start; anything else is a defect of the caller.</summary>
sealed class ReadModelCatalog
{
    readonly Dictionary<string, ReadModelTable> _tables = new(StringComparer.Ordinal);

    public ReadModelCatalog(IReadOnlyList<ReadModel> models)
    {
        foreach (var model in models)
            if (!_tables.TryAdd(model.Name, new ReadModelTable(model, _tables.Count)))
                throw new ArgumentException($"read model {model.Name} is declared twice");
    }

    public IReadOnlyCollection<ReadModelTable> Tables => _tables.Values;

    public ReadModelTable Table(string model) =>
        _tables.TryGetValue(model, out var table) ? table : throw new ArgumentException($"no read model {model} was declared");
}
