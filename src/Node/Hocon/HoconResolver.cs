namespace TeleCube.Node.Hocon;

/// <summary>Puts values in the place of substitutions; a key of the tree wins over an environment variable of that name.</summary>
public sealed class HoconResolver
{
    readonly HoconObject _root;
    readonly Func<string, string?> _environment;
    readonly HashSet<HoconNode> _open = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<HoconNode, HoconNode?> _done = new(ReferenceEqualityComparer.Instance);

    HoconResolver(HoconObject root, Func<string, string?> environment) => (_root, _environment) = (root, environment);

    /// <summary>A tree of text, null, lists and objects only.</summary>
    public static HoconObject Resolve(HoconObject root, Func<string, string?> environment) =>
        (HoconObject)new HoconResolver(root, environment).Resolve(root)!;

    /// <summary>The value, or null where an optional substitution is not set.</summary>
    HoconNode? Resolve(HoconNode node)
    {
        if (node is HoconText or HoconNull) return node;
        if (_done.TryGetValue(node, out var known)) return known;
        if (!_open.Add(node)) throw new HoconException(node.At, $"{node.Kind} refers back to itself");
        var resolved = node switch
        {
            HoconObject members => ResolveObject(members),
            HoconList list => new HoconList(list.At, [.. list.Items.Select(Resolve).OfType<HoconNode>()]),
            HoconReference reference => ResolveReference(reference),
            HoconOverride later => Resolve(later.Later) ?? Resolve(later.Earlier),
            HoconConcatenation all => Join(all),
            _ => throw new System.Diagnostics.UnreachableException(node.Kind),
        };
        _open.Remove(node);
        return _done[node] = resolved;
    }

    HoconObject ResolveObject(HoconObject members)
    {
        var resolved = new HoconObject(members.At);
        foreach (var (key, node) in members.Members)
        {
            if (Resolve(node) is not { } value) continue;
            resolved.Set(key, value);
            if (members.CommentOf(key) is { } comment) resolved.Comment(key, comment);
        }
        return resolved;
    }

    HoconNode? ResolveReference(HoconReference reference)
    {
        if (!reference.Prefix.IsRoot && Find(reference.Prefix.Then(reference.Path)) is { } below) return Resolve(below);
        // `a += 1` is `a = ${?a} [1]`: where a had no value before, its own value is what is being resolved, and counts as none.
        if (Find(reference.Path) is { } found) return reference.Optional && _open.Contains(found) ? null : Resolve(found);
        if (_environment(reference.Path.ToString()) is { } value) return new HoconText(new($"environment variable {reference.Path}"), value);
        if (reference.Optional) return null;
        throw new HoconException(reference.At, $"{reference.Kind} is neither a key nor an environment variable; "
            + $"set it, or write ${{?{reference.Path}}} if it may be missing");
    }

    /// <summary>Walks down without resolving what is passed by, unless it is itself a substitution.</summary>
    HoconNode? Find(HoconPath path)
    {
        HoconNode? at = _root;
        foreach (var segment in path.Segments)
        {
            if (at is HoconReference or HoconConcatenation or HoconOverride) at = Resolve(at);
            if (at is not HoconObject members || !members.TryGet(segment, out at)) return null;
        }
        return at;
    }

    HoconNode? Join(HoconConcatenation all)
    {
        List<HoconNode> parts = [.. all.Parts.Select(Resolve).OfType<HoconNode>()];
        if (parts.Exists(part => part is HoconObject or HoconList)) parts.RemoveAll(part => part is HoconText text && string.IsNullOrWhiteSpace(text.Value));
        if (parts.Count == 0) return null;
        if (parts.TrueForAll(part => part is HoconList)) return new HoconList(all.At, [.. parts.Cast<HoconList>().SelectMany(list => list.Items)]);
        if (parts.TrueForAll(part => part is HoconObject)) return MergeAll(all.At, parts.Cast<HoconObject>());
        if (parts.Find(part => part is HoconObject or HoconList) is { } odd)
            throw new HoconException(odd.At, $"{odd.Kind} can't be joined with {parts.First(part => part.GetType() != odd.GetType()).Kind}");
        var text = string.Concat(parts.Select(part => part is HoconText { Value: var value } ? value : "null"));
        return new HoconText(all.At, text);
    }

    static HoconObject MergeAll(HoconPosition at, IEnumerable<HoconObject> objects)
    {
        var merged = new HoconObject(at);
        foreach (var part in objects)
        {
            foreach (var (key, node) in part.Members) merged.Assign(HoconPath.Root, [key], node is HoconObject members ? members.Copy() : node);
        }
        return merged;
    }
}
