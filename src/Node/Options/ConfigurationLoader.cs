using TeleCube.Node.Hocon;

namespace TeleCube.Node.Options;

/// <summary>Reads the configuration, layer by layer, and checks it; throws <see cref="HoconException"/> with every fault.</summary>
public static class ConfigurationLoader
{
    const string Prefix = "TELECUBE_";

    /// <summary>Names that are short for, or stand for, more than the rule gives.</summary>
    static readonly Dictionary<string, string> Aliases = new() { ["TELECUBE_OPERATOR_TOKEN"] = "TELECUBE_API_OPERATOR_TOKEN" };

    public static LoadedConfiguration Load(ConfigurationLayers layers)
    {
        var written = new HoconObject(new("reference.conf"));
        HoconParser.Parse(Reference(), written);
        var mentioned = "";
        if (layers.File is { } file)
        {
            var source = HoconSource.Read(file, new("--config"));
            HoconParser.Parse(source, written);
            mentioned = source.Text;
        }
        List<string> warnings = [];
        ApplyEnvironment(layers.Environment, written, name => mentioned.Contains(name, StringComparison.Ordinal), warnings);
        layers.ApplyCommandLine(written);

        var root = HoconResolver.Resolve(written, layers.Environment.GetValueOrDefault);
        var options = OptionsBinder.Bind<TeleCubeOptions>(root, "telecube");
        OptionsRules.Check(options, root);
        return new(options, root, warnings);
    }

    /// <summary>reference.conf as it is built into this assembly.</summary>
    public static HoconSource Reference()
    {
        using var stream = typeof(ConfigurationLoader).Assembly.GetManifestResourceStream("reference.conf")!;
        using var reader = new StreamReader(stream);
        return new("reference.conf", reader.ReadToEnd());
    }

    static void ApplyEnvironment(IReadOnlyDictionary<string, string> environment, HoconObject root, Func<string, bool> isMentioned, List<string> warnings)
    {
        var leaves = OptionLeaf.All.ToDictionary(leaf => leaf.EnvironmentName, StringComparer.Ordinal);
        foreach (var (name, value) in environment.Where(variable => variable.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            if (leaves.TryGetValue(Aliases.GetValueOrDefault(name, name), out var leaf))
            {
                var source = new HoconSource($"environment variable {name}", value);
                var node = leaf.IsList ? HoconParser.ParseValue(source) : new HoconText(new(source.Name), value);
                root.Assign(HoconPath.Root, leaf.Path.Split('.'), node);
            }
            else if (!isMentioned(name))
            {
                // A warning only: orchestrators put names such as TELECUBE_SERVICE_HOST into every container.
                warnings.Add($"environment variable {name} sets nothing; the nearest that does is {Nearest.To(name, leaves.Keys.Concat(Aliases.Keys))}");
            }
        }
    }
}
