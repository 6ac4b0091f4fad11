using TeleCube.Actors;
using TeleCube.Actors.Platform;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Sharding;
using TeleCube.Node.Options;
using TeleCube.Sip.Transactions;

namespace TeleCube.Node.Composition;

/// <summary>What an empty database is given: packages, a tariff, and where it is asked for, the demo company.</summary>
sealed class FirstSetup(Exchange exchange, TeleCubeOptions options)
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <summary>The password of the demo's administrator, if the company was made now.</summary>
    public async Task<string?> Run(CancellationToken stop)
    {
        var platform = exchange.Platform.Current;
        if (platform.Tariffs.IsEmpty)
            foreach (var command in FirstStart.Commands()) await Tell(EntityKinds.Platform, command, stop);
        if (!options.Node.Demo || !platform.Tenants.IsEmpty) return null;

        var demo = new DemoCompany(exchange.Registrar.Realm, new SystemRandomSource());
        foreach (var (to, command) in demo.Commands()) await Tell(to, command, stop);
        return demo.AdministratorPassword;
    }

    async Task Tell(EntityId to, object command, CancellationToken stop)
    {
        try
        {
            await exchange.Region.Ask<object>(to, command, _patience, stop);
        }
        catch (RejectedException refused)
        {
            throw new StartException(
                $"the first setup was refused ({command.GetType().Name}: {refused.Message}); start with an empty --data directory", refused);
        }
    }
}
