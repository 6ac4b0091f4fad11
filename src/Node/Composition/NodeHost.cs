using System.Net;
using System.Net.Sockets;
using TeleCube.Node.Commands;
using TeleCube.Node.Health;
using TeleCube.Node.Options;

namespace TeleCube.Node.Composition;

/// <summary>
/// The life of the process. Start: data directory, telephony, API, the line <c>ready</c>. Stop, on SIGTERM or SIGINT: not ready any more,
/// telephony (calls are ended with their CDRs while the API still answers), API.
/// </summary>
public static class NodeHost
{
    public static async Task<int> Run(LoadedConfiguration loaded, TextWriter output)
    {
        using var signal = new StopSignal(loaded.Options.Node.StopWithin);
        try
        {
            await using var web = WebHost.Build(loaded);
            await Start(web, loaded.Options, output, signal.Asked);
            await signal.Wait();
            await Stop(web, signal.Hurry);
            return ExitCode.Fine;
        }
        catch (OperationCanceledException) when (signal.Asked.IsCancellationRequested)
        {
            return ExitCode.Fine; // stopped while it was starting
        }
        catch (Exception problem) when (problem is StartException or IOException or UnauthorizedAccessException)
        {
            return await Tell(problem, loaded, ExitCode.Start);
        }
    }

    /// <summary>Null if the files that the configuration names can be used; else the exit code.</summary>
    public static async Task<int?> CheckFiles(LoadedConfiguration loaded)
    {
        try
        {
            NamedFiles.Check(loaded.Options);
            return null;
        }
        catch (StartException problem)
        {
            return await Tell(problem, loaded, ExitCode.Configuration);
        }
    }

    static async Task<int> Tell(Exception problem, LoadedConfiguration loaded, int code)
    {
        await Console.Error.WriteLineAsync($"TeleCube can't start: {problem.Message}{WrittenAt(problem, loaded)}");
        return code;
    }

    static string WrittenAt(Exception problem, LoadedConfiguration loaded) => problem is StartException { Setting: { } setting }
        ? $" (telecube.{setting} is written at {OptionsRules.PositionOf(loaded.Root, setting)})"
        : "";

    static async Task Start(WebApplication web, TeleCubeOptions options, TextWriter output, CancellationToken stop)
    {
        DataDirectory.Prepare(options.Node.DataDirectory);
        var readiness = web.Services.GetRequiredService<Readiness>();
        var node = web.Services.GetRequiredService<TeleCubeNode>();
        await node.StartAsync(stop);
        await Listen(web, options.Api, stop);
        readiness.Started();
        var http = WebHost.AddressOf(web);
        await output.WriteLineAsync($"ready sip={node.SipAddress} http={http}");
        if (node.OperatorTokenIsNew) await output.WriteLineAsync(Welcome.Token(node.OperatorToken, options));
        if (options.Node.Demo) await output.WriteLineAsync(Welcome.Text(node.SipAddress, http, options, node.DemoPassword));
        await output.FlushAsync(stop);
    }

    static async Task Listen(WebApplication web, ApiOptions api, CancellationToken stop)
    {
        try
        {
            await web.StartAsync(stop);
        }
        catch (Exception problem) when (problem is IOException or SocketException)
        {
            throw ListenFault.Of($"the API can't be at {new IPEndPoint(api.Bind, api.Port)}", problem, "Name another with --http ADDR:PORT.", "api.port");
        }
    }

    static async Task Stop(WebApplication web, CancellationToken hurry)
    {
        web.Services.GetRequiredService<Readiness>().Stopping();
        await web.Services.GetRequiredService<TeleCubeNode>().StopAsync(hurry);
        await web.StopAsync(hurry);
    }
}
