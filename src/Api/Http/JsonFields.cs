using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using TeleCube.Actors.Numbers;

namespace TeleCube.Api.Http;

/// <summary>Removes from a JSON object what does not fit its type, naming each such field.</summary>
static class JsonFields
{
    /// <summary>
    /// True if the rest can be read as that type: nothing is missing that it cannot do without. What only <paramref name="shown"/> has, as which the same
    /// thing is read, is left out without a word.
    /// </summary>
    public static bool Prune(JsonObject json, JsonTypeInfo type, string prefix, Faults faults, Type? shown = null, string? discriminator = null)
    {
        var views = ViewsOf(shown);
        var known = type.Properties.ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in json.ToList())
        {
            if (name == discriminator) continue;
            if (!known.TryGetValue(name, out var property))
            {
                if (!views.ContainsKey(name)) faults.Add(prefix + name, "is not known here");
                json.Remove(name);
            }
            else if (value is null || !Fits(value, property.PropertyType, prefix + name, faults, views.GetValueOrDefault(name)))
            {
                json.Remove(name); // null is as good as absent
            }
        }

        var present = json.Select(member => member.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = type.Properties.Where(property => IsRequired(property) && !present.Contains(property.Name)).ToList();
        foreach (var property in missing)
            if (!faults.Has(prefix + property.Name)) faults.Add(prefix + property.Name, "is required");
        return missing.Count == 0;
    }

    static Dictionary<string, Type> ViewsOf(Type? shown) =>
        shown is not null && ApiJson.Options.GetTypeInfo(shown) is { Kind: JsonTypeInfoKind.Object } view
            ? view.Properties.ToDictionary(property => property.Name, property => property.PropertyType, StringComparer.OrdinalIgnoreCase)
            : [];

    static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { IsMemberInitializer: false, HasDefaultValue: false };

    /// <summary>Objects, lists and maps are looked into; anything else is tried as it is.</summary>
    static bool Fits(JsonNode value, Type type, string field, Faults faults, Type? shown = null)
    {
        var info = ApiJson.Options.GetTypeInfo(type);
        switch (info.Kind, value)
        {
            case (JsonTypeInfoKind.Object, JsonObject child) when info.PolymorphismOptions is { } family:
                return FitsOne(child, family, type, field, faults);
            case (JsonTypeInfoKind.Object, JsonObject child):
                return Prune(child, info, field + ".", faults, shown);
            case (JsonTypeInfoKind.Enumerable, JsonArray list):
                return FitAll(list, info.ElementType!, field, faults, shown is null ? null : ApiJson.Options.GetTypeInfo(shown).ElementType);
            case (JsonTypeInfoKind.Dictionary, JsonObject map):
                return map.ToList().Aggregate(true, (fits, entry) => FitsItem(entry.Value, info.ElementType!, $"{field}.{entry.Key}", faults) && fits);
            default:
                return Reads(value, info, field, faults);
        }
    }

    /// <summary>One of a family of types, which it names itself.</summary>
    static bool FitsOne(JsonObject json, JsonPolymorphismOptions family, Type type, string field, Faults faults)
    {
        var name = family.TypeDiscriminatorPropertyName;
        var kind = json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        var known = family.DerivedTypes.FirstOrDefault(derived => derived.TypeDiscriminator as string == kind);
        if (kind is not null && known.DerivedType is { } found) return Prune(json, ApiJson.Options.GetTypeInfo(found), field + ".", faults, discriminator: name);
        faults.Add($"{field}.{name}",
            kind is null ? "is required" : Expectation.OfKind(kind, family.DerivedTypes.Select(derived => (string)derived.TypeDiscriminator!)));
        return false;
    }

    static bool FitAll(JsonArray list, Type element, string field, Faults faults, Type? shown)
    {
        var fits = true;
        for (var i = 0; i < list.Count; i++) fits &= FitsItem(list[i], element, $"{field}[{i}]", faults, shown);
        return fits;
    }

    static bool FitsItem(JsonNode? item, Type type, string field, Faults faults, Type? shown = null)
    {
        if (item is not null) return Fits(item, type, field, faults, shown);
        faults.Add(field, "is null");
        return false;
    }

    static bool Reads(JsonNode value, JsonTypeInfo type, string field, Faults faults)
    {
        try
        {
            if ((Nullable.GetUnderlyingType(type.Type) ?? type.Type) == typeof(E164)) Normalise(ref value);
            value.Deserialize(type);
            return true;
        }
        catch (JsonException)
        {
            faults.Add(field, $"{Expectation.Of(type.Type)}, not {Given.Text(value)}");
            return false;
        }
    }

    /// <summary>People write numbers in national form too.</summary>
    static void Normalise(ref JsonNode value)
    {
        if (value is not JsonValue text || !text.TryGetValue(out string? written) || !DialledNumber.TryParsePublic(written, out var number)) return;
        JsonNode canonical = JsonValue.Create(number.Value);
        value.ReplaceWith(canonical);
        value = canonical;
    }
}
