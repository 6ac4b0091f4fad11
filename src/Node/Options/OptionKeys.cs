using System.Reflection;
using System.Text;

namespace TeleCube.Node.Options;

/// <summary>How an option's name in code becomes its key: <c>RingTimeout</c> is <c>ring-timeout</c>.</summary>
public static class OptionKeys
{
    public static IReadOnlyDictionary<string, PropertyInfo> PropertiesOf(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite)
        .ToDictionary(property => Kebab(property.Name), StringComparer.Ordinal);

    public static string Kebab(string name)
    {
        var kebab = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && kebab.Length > 0) kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(c));
        }
        return kebab.ToString();
    }

    /// <summary>The environment variable that overrides a key: <c>TELECUBE_CALL_RING_TIMEOUT</c>.</summary>
    public static string EnvironmentName(string path) => path.Replace('.', '_').Replace('-', '_').ToUpperInvariant();
}
