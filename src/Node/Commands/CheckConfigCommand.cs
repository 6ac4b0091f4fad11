using TeleCube.Node.Options;

namespace TeleCube.Node.Commands;

/// <summary><c>telecube check-config</c>: says how the node would start; faults were reported before it comes here.</summary>
static class CheckConfigCommand
{
    public static async Task<int> Report(LoadedConfiguration loaded)
    {
        var options = loaded.Options;
        var listeners = options.Sip.Listeners.Select(listener => OptionKeys.Kebab(listener.Transport.ToString()) + $" {listener.Bind}:{listener.Port}");
        await Console.Out.WriteLineAsync(
            $"The configuration is valid: node {options.Node.Id}, data in {options.Node.DataDirectory}, {options.Storage.Provider} storage, "
            + $"SIP on {string.Join(", ", listeners)}, API on {options.Api.Bind}:{options.Api.Port}.");
        return ExitCode.Fine;
    }
}
