using System.Globalization;
using System.Net;

namespace TeleCube.Load.Targets;

/// <summary>The SIP server under test, as a file of `key = value` lines describes it (README.md lists the keys).</summary>
sealed class Target(IReadOnlyDictionary<string, string> values)
{
    static readonly string[] Known =
    [
        "name", "address", "domain", "start", "pids", "pid-file", "answers", "caller", "callee", "users", "first-user",
        "from", "dial", "caller-user", "caller-password", "register", "callee-user", "callee-password", "media-port", "metrics", "prepare", "caller-scenario", "plain-dial",
    ];

    public string Name => Text("name", Address.ToString());

    /// <summary>Where the target takes SIP over UDP.</summary>
    public IPEndPoint Address { get; } = EndPoint(values, "address", "");

    /// <summary>The command that runs the target in the foreground; empty when somebody else runs it.</summary>
    public string Start => Text("start", "");

    /// <summary>A command that sets the target up once it answers, before anybody registers; empty for none.</summary>
    public string Prepare => Text("prepare", "");

    /// <summary>What callers do, a file of `scenarios` without its `.xml`.</summary>
    public string CallerScenario => Text("caller-scenario", "uac");

    /// <summary>What is dialled for a plain call, which `setup` measures in turn with the target's own calls; empty for none.</summary>
    public string PlainDial => Text("plain-dial", "");

    /// <summary>The same server, called plainly.</summary>
    public Target Plain => PlainDial.Length == 0 ? this : new(new Dictionary<string, string>(values) { ["dial"] = PlainDial, ["caller-scenario"] = "uac" });

    /// <summary>The processes to measure, each with its descendants; the started process when empty.</summary>
    public IReadOnlyList<int> ProcessIds =>
        [.. Text("pids", "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(text => Whole("pids", text))];

    public string ProcessIdFile => Text("pid-file", "");

    /// <summary>The target answers calls itself, so no callee is started.</summary>
    public bool Answers => Text("answers", "no") == "yes";

    public IPEndPoint Caller { get; } = EndPoint(values, "caller", "127.0.0.90:15060");

    public IPEndPoint Callee { get; } = EndPoint(values, "callee", "127.0.0.91:15060");

    /// <summary>How many callers and callees take turns; `{n}` in a name stands for the number.</summary>
    public int Users => Whole("users", Text("users", "1"));

    /// <summary>Callees (and callers with `register = both`) are registered before the calls.</summary>
    public bool RegistersCallees => Text("register", "no") is "callee" or "both";

    public bool RegistersCallers => Text("register", "no") is "both";

    /// <summary>The first RTP port of the generator, on the caller's and the callee's address.</summary>
    public int MediaPort => Whole("media-port", Text("media-port", "22000"));

    /// <summary>A page in Prometheus' text format, empty when there is none.</summary>
    public string Metrics => Text("metrics", "");

    public string Domain => Text("domain", Address.ToString());

    public TargetUser CallerAt(int turn) => new(
        Numbered("from", "caller", turn), Numbered("caller-user", Text("from", "caller"), turn), Numbered("caller-password", "", turn));

    public TargetUser CalleeAt(int turn) => new(
        Numbered("dial", "callee", turn), Numbered("callee-user", Text("dial", "callee"), turn), Numbered("callee-password", "", turn));

    public static Target From(IReadOnlyDictionary<string, string> values)
    {
        foreach (var key in values.Keys)
            if (!Known.Contains(key)) throw new LoadException($"the target has an unknown key '{key}'; known are: {string.Join(", ", Known)}");
        return new(values);
    }

    string Text(string key, string fallback) => values.TryGetValue(key, out var value) && value.Length > 0 ? value : fallback;

    string Numbered(string key, string fallback, int turn) =>
        Text(key, fallback).Replace("{n}", (Whole("first-user", Text("first-user", "0")) + turn % Users).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    static int Whole(string key, string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : throw new LoadException($"the target's '{key}' wants a whole number, not '{text}'");

    static IPEndPoint EndPoint(IReadOnlyDictionary<string, string> values, string key, string fallback)
    {
        var text = values.GetValueOrDefault(key, fallback);
        if (!IPEndPoint.TryParse(text, out var address) || address.Port == 0)
            throw new LoadException($"the target's '{key}' wants ADDRESS:PORT, not '{text}'");
        return IPAddress.IsLoopback(address.Address)
            ? address
            : throw new LoadException($"the target's '{key}' is {address}: this bench loads loopback addresses only");
    }
}
