using System.Globalization;
using System.Net;
using TeleCube.Node.Hocon;

namespace TeleCube.Node.Options;

/// <summary>How the text of a value becomes the type of its option.</summary>
public static class OptionValues
{
    /// <summary>Reads a value, or says by null that it isn't <paramref name="Expected"/>.</summary>
    public sealed record Reading(string Expected, Func<string, object?> Parse);

    static readonly Dictionary<Type, Reading> Readings = new()
    {
        [typeof(string)] = new("text", text => text),
        [typeof(bool)] = new("on or off", ParseSwitch),
        [typeof(int)] = new("a whole number", text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null),
        [typeof(TimeSpan)] = new(HoconDuration.Expected, text => HoconDuration.TryParse(text, out var duration) ? duration : null),
        [typeof(ByteSize)] = new(ByteSize.Expected, text => ByteSize.TryParse(text, out var size) ? size : null),
        [typeof(PortRange)] = new("a range of ports such as 20000-29999", text => PortRange.TryParse(text, out var range) ? range : null),
        [typeof(IPAddress)] = new("an IP address", text => IPAddress.TryParse(text, out var address) ? address : null),
        [typeof(IPNetwork)] = new("a network such as 10.0.0.0/8", text => IPNetwork.TryParse(text, out var network) ? network : null),
    };

    public static Reading? For(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? ForEnum(type) : Readings.GetValueOrDefault(type);
    }

    static Reading ForEnum(Type type)
    {
        var names = Enum.GetNames(type).ToDictionary(OptionKeys.Kebab, StringComparer.OrdinalIgnoreCase);
        return new($"one of {string.Join(", ", names.Keys)}", text => names.TryGetValue(text, out var name) ? Enum.Parse(type, name) : null);
    }

    static object? ParseSwitch(string text) => text switch
    {
        "true" or "on" or "yes" => true,
        "false" or "off" or "no" => false,
        _ => null,
    };
}
