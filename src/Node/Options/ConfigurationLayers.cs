using System.Net;
using TeleCube.Node.Hocon;

namespace TeleCube.Node.Options;

/// <summary>What is laid over reference.conf, in this order: a file, the environment, the command line.</summary>
public sealed record ConfigurationLayers
{
    public string? File { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the node keeps its files (<c>--data</c>).</summary>
    public string? Data { get; init; }

    /// <summary>Where SIP is taken over UDP and TCP, and the address of media (<c>--sip</c>).</summary>
    public IPEndPoint? Sip { get; init; }

    /// <summary>Where the API is (<c>--http</c>).</summary>
    public IPEndPoint? Http { get; init; }

    public bool NoDemo { get; init; }

    internal void ApplyCommandLine(HoconObject root)
    {
        if (Data is not null) Set(root, "node.data-directory", "--data", Data);
        if (NoDemo) Set(root, "node.demo", "--no-demo", "off");
        if (Http is not null)
        {
            Set(root, "api.bind", "--http", Http.Address.ToString());
            Set(root, "api.port", "--http", $"{Http.Port}");
        }
        if (Sip is not null)
        {
            var at = new HoconPosition("--sip");
            Set(root, "sip.listeners", new HoconList(at, [Listener(at, "udp", Sip), Listener(at, "tcp", Sip)]));
            Set(root, "media.bind", "--sip", Sip.Address.ToString());
        }
    }

    static HoconObject Listener(HoconPosition at, string transport, IPEndPoint bound)
    {
        var listener = new HoconObject(at);
        listener.Set("transport", new HoconText(at, transport));
        listener.Set("bind", new HoconText(at, bound.Address.ToString()));
        listener.Set("port", new HoconText(at, $"{bound.Port}"));
        return listener;
    }

    static void Set(HoconObject root, string path, string option, string value) => Set(root, path, new HoconText(new(option), value));

    internal static void Set(HoconObject root, string path, HoconNode value) =>
        root.Assign(HoconPath.Root, ["telecube", .. path.Split('.')], value);
}
