namespace TeleCube.Load.Targets;

/// <summary>Reads `peers/NAME.target` or a path: lines of `key = value`, `#` starts a comment line.</summary>
static class TargetFile
{
    public static Target Read(string home, string nameOrPath, IEnumerable<string> overrides)
    {
        var path = File.Exists(nameOrPath) ? nameOrPath : Path.Combine(home, "peers", nameOrPath + ".target");
        if (!File.Exists(path)) throw new LoadException($"no target '{nameOrPath}': neither a file nor one of {Path.Combine(home, "peers")}/*.target");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Concat(overrides))
        {
            var split = line.IndexOf('=', StringComparison.Ordinal);
            if (split < 1) throw new LoadException($"{path}: '{line}' is not key = value");
            values[line[..split].Trim()] = line[(split + 1)..].Trim();
        }
        return Target.From(values);
    }
}
