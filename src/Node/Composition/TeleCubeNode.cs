using System.Net;
using TeleCube.Node.Options;

namespace TeleCube.Node.Composition;

/// <summary>The telephony of one node: kernel, store, SIP and media are put together here and live from start to stop.</summary>
public sealed class TeleCubeNode(TeleCubeOptions options)
{
    /// <summary>Where the first listener takes SIP, once started.</summary>
    public IPEndPoint SipAddress { get; private set; } = new(IPAddress.None, 0);

    /// <summary>What API handlers and the node itself are given.</summary>
    public static void AddServices(IServiceCollection services) => services.AddSingleton<TeleCubeNode>();

    /// <summary>The routes of the API; health and metrics are there already.</summary>
    public static void MapRoutes(WebApplication web)
    {
    }

    /// <summary>Returns when phones can call; throws <see cref="StartException"/> when they never will.</summary>
    public Task StartAsync(CancellationToken stop)
    {
        var first = options.Sip.Listeners[0];
        SipAddress = new(first.Bind, first.Port);
        return Task.CompletedTask;
    }

    /// <summary>Ends what is up: calls first (each with its CDR), then listeners, actors, and the store last. The token says when time is over.</summary>
    public Task StopAsync(CancellationToken hurry) => Task.CompletedTask;
}
