using System.Diagnostics.CodeAnalysis;

namespace TeleCube.Node.Hocon;

/// <summary>Keys in the order of their first mention; a later assignment overrides or, between objects, merges.</summary>
public sealed class HoconObject(HoconPosition at) : HoconNode(at)
{
    readonly OrderedDictionary<string, HoconNode> _members = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _comments = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, HoconNode> Members => _members;

    public override string Kind => "an object";

    public bool TryGet(string key, [NotNullWhen(true)] out HoconNode? node) => _members.TryGetValue(key, out node);

    /// <summary>The comment lines directly above the key's first mention.</summary>
    public string? CommentOf(string key) => _comments.GetValueOrDefault(key);

    public void Comment(string key, string text) => _comments.TryAdd(key, text);

    public void Set(string key, HoconNode node) => _members[key] = node;

    /// <summary>A copy whose objects can be merged into without changing this one's.</summary>
    public HoconObject Copy()
    {
        var copy = new HoconObject(At);
        foreach (var (key, node) in _members) copy.Set(key, node is HoconObject members ? members.Copy() : node);
        return copy;
    }

    /// <summary>Assigns below this object, whose own absolute path is <paramref name="self"/>.</summary>
    public void Assign(HoconPath self, ReadOnlySpan<string> path, HoconNode node)
    {
        var key = path[0];
        var absolute = self.Then(key);
        if (path.Length > 1)
        {
            Enter(key, node.At).Assign(absolute, path[1..], node);
            return;
        }
        _members[key] = _members.TryGetValue(key, out var earlier) ? Combine(absolute, earlier, node) : node;
    }

    /// <summary>The object at a key, made there if need be.</summary>
    HoconObject Enter(string key, HoconPosition at)
    {
        if (_members.TryGetValue(key, out var node) && node is HoconObject there) return there;
        var entered = new HoconObject(at);
        _members[key] = node is HoconReference or HoconConcatenation or HoconOverride ? new HoconConcatenation(at, [node, entered]) : entered;
        return entered;
    }

    static HoconNode Combine(HoconPath path, HoconNode earlier, HoconNode later)
    {
        if (later is HoconObject added)
        {
            if (earlier is HoconObject merged) return Merge(path, merged, added);
            // What a substitution stands for is not known yet; the two are merged when it is.
            if (earlier is HoconReference or HoconConcatenation or HoconOverride) return new HoconConcatenation(later.At, [earlier, later]);
        }
        var replaced = ReplaceSelf(path, earlier, later);
        return replaced is HoconReference { Optional: true } optional ? new HoconOverride(later.At, earlier, optional) : replaced;
    }

    static HoconObject Merge(HoconPath path, HoconObject into, HoconObject from)
    {
        foreach (var (key, node) in from._members) into.Assign(path, [key], node);
        foreach (var (key, comment) in from._comments) into.Comment(key, comment);
        return into;
    }

    /// <summary>A value that mentions its own key means the value that the key had before.</summary>
    static HoconNode ReplaceSelf(HoconPath path, HoconNode earlier, HoconNode later) => later switch
    {
        HoconReference reference when reference.IsTo(path) => earlier,
        HoconConcatenation all => new HoconConcatenation(all.At, [.. all.Parts.Select(part => ReplaceSelf(path, earlier, part))]),
        HoconList list => new HoconList(list.At, [.. list.Items.Select(item => ReplaceSelf(path, earlier, item))]),
        _ => later,
    };
}
