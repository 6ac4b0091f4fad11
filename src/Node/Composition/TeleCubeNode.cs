using System.Net;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Views;
using TeleCube.Api;
using TeleCube.Kernel.Persistence;
using TeleCube.Node.Health;
using TeleCube.Node.Metrics;
using TeleCube.Node.Options;

namespace TeleCube.Node.Composition;

/// <summary>The telephony of one node, from start to stop.</summary>
public sealed class TeleCubeNode(TeleCubeOptions options, TimeProvider clock, ILoggerFactory logs, Readiness readiness) : IDisposable
{
    static readonly EndCause _stopped = new("exchange-stopped", 503, "The exchange was stopped");

    Exchange? _exchange;
    ExchangeMetrics? _metrics;

    /// <summary>Where the first listener takes SIP, once started.</summary>
    public IPEndPoint SipAddress { get; private set; } = new(IPAddress.None, 0);

    /// <summary>What runs; API handlers reach everything through it.</summary>
    internal Exchange Exchange => _exchange ?? throw new InvalidOperationException("the node has not started");

    /// <summary>The administrator's password of the demo company that was made in this start; else null.</summary>
    public string? DemoPassword { get; private set; }

    public DateTimeOffset StartedAt { get; } = clock.GetUtcNow();

    public string OperatorToken { get; private set; } = "";

    /// <summary>It was made in this start, so nobody has seen it yet.</summary>
    public bool OperatorTokenIsNew { get; private set; }

    /// <summary>What API handlers and the node itself are given.</summary>
    public static void AddServices(IServiceCollection services) => services.AddSingleton<TeleCubeNode>().AddNodeApi();

    /// <summary>The routes of the API; health and metrics are there already.</summary>
    public static void MapRoutes(WebApplication web) => web.MapTeleCubeApi();

    /// <summary>Returns when phones can call; throws <see cref="StartException"/> when they never will.</summary>
    public async Task StartAsync(CancellationToken stop)
    {
        IReadOnlyList<ReadModel> models = [CallViews.Cdrs, CallViews.Timelines, .. ApiReadModels.All];
        (OperatorToken, OperatorTokenIsNew) = Composition.OperatorToken.Of(options);
        _exchange = await new ExchangeBuilder(options, clock, logs).Build(models, stop);
        await new ExchangeStart(_exchange, clock, logs.CreateLogger<ExchangeStart>()).Run(stop);
        DemoPassword = await new FirstSetup(_exchange, options).Run(stop);
        Serve(_exchange); // last: who is answered finds all that there is to be found

        _metrics = new ExchangeMetrics(_exchange);
        SipAddress = _exchange.Stack.Endpoints[0].Bind;
        readiness.Add("storage", () => _exchange.Store.Health is { IsOk: false } health ? health.Reason ?? "the store is away" : null);
        readiness.Add("draining", () => _exchange.Drain.Since is { } since ? $"the operator empties this node since {since:O}" : null);
        readiness.Add("media-ports", () => _exchange.Desk.HasRoom ? null : "every media port is in use");
    }

    /// <summary>
    /// Ends what is up: calls first (each with its CDR), then listeners, actors, and the store last. The token says when time is over.
    /// </summary>
    public async Task StopAsync(CancellationToken hurry)
    {
        if (_exchange is not { } exchange) return;
        foreach (var call in exchange.Live.All.ToList())
            exchange.Region.Tell(call.Id.Entity(call.Tenant), new CallCommand.HangUp(_stopped));
        await exchange.Live.WhenEmpty(hurry);
        await exchange.DisposeAsync();
    }

    static void Serve(Exchange exchange)
    {
        try
        {
            exchange.Ingress.Serve(exchange.Stack);
        }
        catch (IOException problem)
        {
            throw ListenFault.Of($"SIP can't be taken at {problem.Message}", problem, "Name another with --sip ADDR:PORT or in telecube.sip.listeners.", "sip.listeners");
        }
    }

    public void Dispose() => _metrics?.Dispose();
}
