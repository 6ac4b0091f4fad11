using System.Collections;
using System.CommandLine;
using TeleCube.Node.Composition;
using TeleCube.Node.Hocon;
using TeleCube.Node.Options;

namespace TeleCube.Node.Commands;

/// <summary>The command line: without a command it runs the node, <c>check-config</c> only reads the configuration.</summary>
public static class TeleCubeCommand
{
    static readonly LayerOptions Layers = new();

    public static Task<int> Invoke(string[] args)
    {
        var root = new RootCommand("TeleCube, a cloud PBX. Without a command it runs a node; 'ready sip=… http=…' means that calls are taken.");
        Layers.AddTo(root);
        root.SetAction((given, _) => WithConfiguration(given, loaded => NodeHost.Run(loaded, Console.Out)));
        var check = new Command("check-config", "Reads the configuration and says what is wrong with it, or nothing.");
        check.SetAction((given, _) => WithConfiguration(given, CheckConfigCommand.Report));
        root.Add(check);
        // The host ends cleanly on a signal by itself; no one else may cut it short.
        var given = root.Parse(args);
        return given.Errors.Count > 0 ? Refuse(given) : given.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    // A wrong argument is as wrong at the next start: the code tells a supervisor not to try again. The whole help would hide the fault.
    static async Task<int> Refuse(ParseResult given)
    {
        foreach (var error in given.Errors) await Console.Error.WriteLineAsync($"The command line can't be used. {error.Message}");
        await Console.Error.WriteLineAsync("--help lists what there is.");
        return ExitCode.Configuration;
    }

    static async Task<int> WithConfiguration(ParseResult given, Func<LoadedConfiguration, Task<int>> run)
    {
        LoadedConfiguration loaded;
        try
        {
            loaded = ConfigurationLoader.Load(Layers.Read(given) with { Environment = Environment() });
        }
        catch (HoconException fault)
        {
            await Console.Error.WriteLineAsync($"The configuration can't be used. {fault.Message}");
            return ExitCode.Configuration;
        }
        foreach (var warning in loaded.Warnings) await Console.Error.WriteLineAsync($"warning: {warning}");
        return await NodeHost.CheckFiles(loaded) ?? await run(loaded);
    }

    static Dictionary<string, string> Environment() => System.Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
}
