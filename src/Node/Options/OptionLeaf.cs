namespace TeleCube.Node.Options;

/// <summary>One setting: its full key and the type of its option.</summary>
public sealed record OptionLeaf(string Path, Type Type)
{
    public bool IsList => OptionValues.For(Type) is null;

    public string EnvironmentName => OptionKeys.EnvironmentName(Path);

    /// <summary>Every setting that there is.</summary>
    public static IReadOnlyList<OptionLeaf> All { get; } = [.. Below(typeof(TeleCubeOptions), "telecube")];

    static IEnumerable<OptionLeaf> Below(Type type, string path)
    {
        foreach (var (key, property) in OptionKeys.PropertiesOf(type))
        {
            var leaf = new OptionLeaf($"{path}.{key}", property.PropertyType);
            if (!leaf.IsList || property.PropertyType.IsGenericType) yield return leaf;
            else foreach (var below in Below(property.PropertyType, leaf.Path)) yield return below;
        }
    }
}
