using System.Globalization;

namespace TeleCube.Load;

/// <summary>A command and its `--name value` options; an unknown option is an error, so that a slip of the finger never measures the wrong thing.</summary>
sealed class Arguments
{
    readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    readonly List<string> _overrides = [];

    Arguments(string command) => Command = command;

    public string Command { get; }

    /// <summary>`--set key=value`, any number of times: overrides of the target file.</summary>
    public IReadOnlyList<string> Overrides => _overrides;

    public static Arguments Parse(IReadOnlyList<string> args)
    {
        var arguments = new Arguments(args.Count > 0 ? args[0] : "help");
        for (var i = 1; i < args.Count; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) throw new LoadException($"'{args[i]}' is not an option; options look like --name value");
            if (i + 1 >= args.Count) throw new LoadException($"{args[i]} wants a value");
            if (args[i] == "--set") arguments._overrides.Add(args[i + 1]);
            else arguments._values[args[i][2..]] = args[i + 1];
        }
        return arguments;
    }

    public string Text(string name, string fallback)
    {
        _asked.Add(name);
        return _values.GetValueOrDefault(name, fallback);
    }

    public int Whole(string name, int fallback) => (int)Number(name, fallback);

    public double Number(string name, double fallback)
    {
        var text = Text(name, "");
        if (text.Length == 0) return fallback;
        return double.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= 0
            ? value
            : throw new LoadException($"--{name} wants a number, not '{text}'");
    }

    public TimeSpan Seconds(string name, double fallback) => TimeSpan.FromSeconds(Number(name, fallback));

    public int[] Wholes(string name, string fallback) =>
        [.. Text(name, fallback).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text =>
            int.TryParse(text, CultureInfo.InvariantCulture, out var value) && value > 0
                ? value
                : throw new LoadException($"--{name} wants whole numbers with commas, not '{text}'"))];

    /// <summary>Called when every bench has read its options.</summary>
    public void RejectUnknown()
    {
        var unknown = _values.Keys.Where(name => !_asked.Contains(name)).ToArray();
        if (unknown.Length == 0) return;
        throw new LoadException($"unknown option --{unknown[0]}; this command knows: {string.Join(' ', _asked.Order().Select(name => "--" + name))}");
    }
}
