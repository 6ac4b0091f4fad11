using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace TeleCube.Api.Http;

/// <summary>Removes from a JSON object what does not fit its type, naming each such field.</summary>
static class JsonFields
{
    public static void Prune(JsonObject json, JsonTypeInfo type, string prefix, Faults faults)
    {
        var known = type.Properties.ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in json.ToList())
        {
            if (!known.TryGetValue(name, out var property))
            {
                faults.Add(prefix + name, "is not known here");
                json.Remove(name);
            }
            else if (value is null || !Fits(value, property.PropertyType, prefix + name, faults))
            {
                json.Remove(name); // null is as good as absent
            }
        }
    }

    /// <summary>Objects and lists of objects are looked into; anything else is tried as it is.</summary>
    static bool Fits(JsonNode value, Type type, string field, Faults faults)
    {
        var info = ApiJson.Options.GetTypeInfo(type);
        switch (info.Kind, value)
        {
            case (JsonTypeInfoKind.Object, JsonObject child):
                Prune(child, info, field + ".", faults);
                return true;
            case (JsonTypeInfoKind.Enumerable, JsonArray list):
                return FitAll(list, info.ElementType!, field, faults);
            default:
                return Reads(value, info, field, faults);
        }
    }

    static bool FitAll(JsonArray list, Type element, string field, Faults faults)
    {
        var fits = true;
        for (var i = 0; i < list.Count; i++)
        {
            var name = $"{field}[{i}]";
            if (list[i] is { } item) fits &= Fits(item, element, name, faults);
            else
            {
                faults.Add(name, "is null");
                fits = false;
            }
        }

        return fits;
    }

    static bool Reads(JsonNode value, JsonTypeInfo type, string field, Faults faults)
    {
        try
        {
            value.Deserialize(type);
            return true;
        }
        catch (JsonException)
        {
            faults.Add(field, Expectation.Of(type.Type));
            return false;
        }
    }
}
