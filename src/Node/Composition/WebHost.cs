using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TeleCube.Node.Health;
using TeleCube.Node.Hocon;
using TeleCube.Node.Logging;
using TeleCube.Node.Metrics;
using TeleCube.Node.Options;

namespace TeleCube.Node.Composition;

/// <summary>The process as an ASP.NET application: configuration, logs, Kestrel, health and metrics.</summary>
static class WebHost
{
    public static WebApplication Build(LoadedConfiguration loaded)
    {
        var options = loaded.Options;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear(); // only what reference.conf names is a setting
        ((IConfigurationBuilder)builder.Configuration).Add(new HoconConfigurationSource(loaded.Root));
        builder.Logging.AddTeleCubeConsole(options.Log);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options.Api));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IHostLifetime, NodeLifetime>();
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<MetricsRegistry>();
        builder.Services.AddSingleton<ProcessMetrics>();
        TeleCubeNode.AddServices(builder.Services);

        var web = builder.Build();
        web.Services.GetRequiredService<MetricsRegistry>().Start();
        web.Services.GetRequiredService<ProcessMetrics>();
        web.UseRequestLogScope();
        web.MapHealth();
        web.MapMetrics();
        TeleCubeNode.MapRoutes(web);
        return web;
    }

    /// <summary>Where Kestrel really listens: with port 0 only it knows.</summary>
    public static IPEndPoint AddressOf(WebApplication web)
    {
        var bound = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new(IPAddress.Parse(bound.Host), bound.Port);
    }

    static void Listen(KestrelServerOptions kestrel, ApiOptions api)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = api.MaxBody.Bytes;
        kestrel.Limits.MaxConcurrentConnections = api.MaxConnections;
        kestrel.Listen(api.Bind, api.Port, listener =>
        {
            if (api.Tls is { Certificate: { } certificate, Key: { } key }) UseCertificate(listener, certificate, key);
        });
    }

    static void UseCertificate(ListenOptions listener, string certificate, string key)
    {
        var own = ComponentOptions.LoadCertificate("api.tls", certificate, key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificate);
        listener.UseHttps(https => (https.ServerCertificate, https.ServerCertificateChain) = (own, chain));
    }
}
