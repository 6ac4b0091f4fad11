using System.Collections;
using System.Reflection;
using TeleCube.Node.Hocon;

namespace TeleCube.Node.Options;

/// <summary>Makes option records out of a resolved tree and collects everything that is wrong with it.</summary>
public sealed class OptionsBinder
{
    readonly NullabilityInfoContext _nullability = new();
    readonly List<HoconFault> _faults = [];

    OptionsBinder()
    {
    }

    /// <summary>Binds the object at <paramref name="path"/>; throws with every fault found.</summary>
    public static T Bind<T>(HoconObject root, string path)
        where T : class
    {
        var binder = new OptionsBinder();
        binder.CheckKeys(root, [path], "");
        var bound = root.TryGet(path, out var node) ? binder.BindTo(typeof(T), node, path) : null;
        return binder._faults.Count == 0 && bound is T options ? options : throw new HoconException(binder._faults);
    }

    object? BindTo(Type type, HoconNode node, string path)
    {
        if (OptionValues.For(type) is { } scalar) return BindScalar(scalar, node, path);
        if (ItemOf(type) is { } item) return BindList(item, node, path);
        if (node is HoconObject members) return BindRecord(type, members, path);
        return Fail(node.At, $"{path}: expected an object in {{ }}, found {node.Kind}");
    }

    object? BindScalar(OptionValues.Reading reading, HoconNode node, string path) => node is HoconText text
        ? reading.Parse(text.Value) ?? Fail(node.At, $"{path}: expected {reading.Expected}, found {node.Kind}")
        : Fail(node.At, $"{path}: expected {reading.Expected}, found {node.Kind}");

    Array? BindList(Type item, HoconNode node, string path)
    {
        if (node is not HoconList list)
        {
            Fail(node.At, $"{path}: expected a list in [ ], found {node.Kind}");
            return null;
        }
        var bound = Array.CreateInstance(item, list.Items.Count);
        for (var i = 0; i < bound.Length; i++)
        {
            if (BindTo(item, list.Items[i], $"{path}[{i}]") is { } value) bound.SetValue(value, i);
        }
        return bound;
    }

    object BindRecord(Type type, HoconObject members, string path)
    {
        var properties = OptionKeys.PropertiesOf(type);
        CheckKeys(members, [.. properties.Keys], path);
        var record = Activator.CreateInstance(type)!;
        foreach (var (key, property) in properties)
        {
            var below = $"{path}.{key}";
            var mayBeNull = _nullability.Create(property).WriteState == NullabilityState.Nullable;
            if (!members.TryGet(key, out var node))
            {
                if (!mayBeNull) Fail(members.At, $"{below} is missing");
            }
            else if (!(mayBeNull && IsNothing(node)) && BindTo(property.PropertyType, node, below) is { } value)
            {
                property.SetValue(record, value);
            }
        }
        return record;
    }

    static bool IsNothing(HoconNode node) => node is HoconNull or HoconText { Value: "" };

    void CheckKeys(HoconObject members, IReadOnlyList<string> known, string path)
    {
        var prefix = path.Length == 0 ? "" : $"{path}.";
        foreach (var (key, node) in members.Members)
        {
            if (!known.Contains(key, StringComparer.Ordinal))
                Fail(node.At, $"unknown key {prefix}{key}; the nearest known key is {prefix}{Nearest.To(key, known)}");
        }
    }

    object? Fail(HoconPosition at, string text)
    {
        _faults.Add(new(at, text));
        return null;
    }

    static Type? ItemOf(Type type) =>
        type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[0] : null;
}
