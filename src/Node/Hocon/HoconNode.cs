namespace TeleCube.Node.Hocon;

/// <summary>A value as written, before or after substitution; after it only text, null, lists and objects are left.</summary>
public abstract class HoconNode(HoconPosition at)
{
    public HoconPosition At => at;

    /// <summary>What an error calls this kind of value.</summary>
    public abstract string Kind { get; }
}

/// <summary>A string, number, duration …: what the text means is decided by the option that it is bound to.</summary>
public sealed class HoconText(HoconPosition at, string value) : HoconNode(at)
{
    public string Value => value;

    public override string Kind => $"'{value}'";
}

/// <summary>An unquoted <c>null</c>: set to nothing.</summary>
public sealed class HoconNull(HoconPosition at) : HoconNode(at)
{
    public override string Kind => "null";
}

/// <summary><c>[a, b]</c></summary>
public sealed class HoconList(HoconPosition at, IReadOnlyList<HoconNode> items) : HoconNode(at)
{
    public IReadOnlyList<HoconNode> Items => items;

    public override string Kind => "a list";
}

/// <summary><c>${path}</c> or <c>${?path}</c>; in an included file the path is tried below <paramref name="prefix"/> first.</summary>
public sealed class HoconReference(HoconPosition at, HoconPath path, bool optional, HoconPath prefix) : HoconNode(at)
{
    public HoconPath Path => path;

    public bool Optional => optional;

    public HoconPath Prefix => prefix;

    public bool IsTo(HoconPath other) => path == other || prefix.Then(path) == other;

    public override string Kind => optional ? $"${{?{path}}}" : $"${{{path}}}";
}

/// <summary>Values written side by side: texts are joined, lists appended, objects merged.</summary>
public sealed class HoconConcatenation(HoconPosition at, IReadOnlyList<HoconNode> parts) : HoconNode(at)
{
    public IReadOnlyList<HoconNode> Parts => parts;

    public override string Kind => "a concatenation";
}

/// <summary>An optional reference that was written over an earlier value, which stays if the reference is not set.</summary>
public sealed class HoconOverride(HoconPosition at, HoconNode earlier, HoconReference later) : HoconNode(at)
{
    public HoconNode Earlier => earlier;

    public HoconReference Later => later;

    public override string Kind => later.Kind;
}
