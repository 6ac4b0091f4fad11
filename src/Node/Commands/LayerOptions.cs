using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using TeleCube.Node.Options;

namespace TeleCube.Node.Commands;

/// <summary>The options that every command takes; they are the configuration's last layer.</summary>
sealed class LayerOptions
{
    readonly Option<string?> _config = new("--config") { Description = "The configuration file (HOCON).", Recursive = true, HelpName = "FILE" };
    readonly Option<string?> _data = new("--data") { Description = "Where the node keeps its files.", Recursive = true, HelpName = "DIR" };
    readonly Option<IPEndPoint?> _sip = EndPoint("--sip", "Where SIP is taken, by UDP and TCP.");
    readonly Option<IPEndPoint?> _http = EndPoint("--http", "Where the API is.");
    readonly Option<bool> _noDemo = new("--no-demo") { Description = "Leaves an empty database empty.", Recursive = true };

    public void AddTo(Command command)
    {
        command.Add(_config);
        command.Add(_data);
        command.Add(_sip);
        command.Add(_http);
        command.Add(_noDemo);
    }

    public ConfigurationLayers Read(ParseResult given) => new()
    {
        File = given.GetValue(_config),
        Data = given.GetValue(_data),
        Sip = given.GetValue(_sip),
        Http = given.GetValue(_http),
        NoDemo = given.GetValue(_noDemo),
    };

    static Option<IPEndPoint?> EndPoint(string name, string description) =>
        new(name) { Description = description, Recursive = true, HelpName = "ADDR:PORT", CustomParser = Parse };

    static IPEndPoint? Parse(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        // Without its port, IPEndPoint.TryParse would take an address for port 0.
        if (IPEndPoint.TryParse(text, out var parsed) && text.EndsWith($":{parsed.Port}", StringComparison.Ordinal)) return parsed;
        given.AddError($"'{text}' is no ADDR:PORT such as 127.0.0.1:5060 or [::1]:5060");
        return null;
    }
}
