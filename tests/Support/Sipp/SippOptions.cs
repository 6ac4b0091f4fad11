using System.Globalization;
using System.Net;

namespace TeleCube.Tests.Support.Sipp;

/// <summary>What a SIPp does: a scenario, towards whom, and how much of it. A load is always bounded.</summary>
public sealed record SippOptions
{
    /// <summary>The scenario's XML file.</summary>
    public required string Scenario { get; init; }

    /// <summary>Whom to call; null for a scenario that is called.</summary>
    public IPEndPoint? Remote { get; init; }

    /// <summary>Its own address; any free port if not given.</summary>
    public IPEndPoint Local { get; init; } = FreePorts.TakeLoopback();

    /// <summary>After so many calls it ends.</summary>
    public required int Calls { get; init; }

    public double CallsPerSecond { get; init; } = 10;

    /// <summary>Calls at the same time.</summary>
    public int Limit { get; init; } = 1000;

    /// <summary>u1 (UDP, one socket), un (one per call), t1, tn.</summary>
    public string Transport { get; init; } = "u1";

    /// <summary>The user part called (<c>[service]</c>).</summary>
    public string? Service { get; init; }

    /// <summary><c>[name]</c> in the scenario.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    /// <summary>A CSV for <c>[field0]</c> …</summary>
    public string? Fields { get; init; }

    /// <summary>The digest user and password of <c>[authentication]</c>.</summary>
    public (string User, string Password)? Credentials { get; init; }

    /// <summary>When it gives up, failing.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Keeps every message; not for loads.</summary>
    public bool KeepMessages { get; init; } = true;

    public IReadOnlyList<string> MoreArguments { get; init; } = [];

    internal IEnumerable<string> Arguments(TempFolder folder)
    {
        List<string> arguments =
        [
            "-sf", Path.GetFullPath(Scenario), "-i", $"{Local.Address}", "-p", $"{Local.Port}", "-mi", $"{Local.Address}", "-t", Transport,
            "-m", $"{Calls}", "-r", CallsPerSecond.ToString(CultureInfo.InvariantCulture), "-l", $"{Limit}", "-nostdin",
            "-timeout", $"{Within.TotalSeconds}s", "-timeout_error", "-trace_stat", "-stf", folder["statistics.csv"], "-fd", "1",
            "-trace_err", "-error_file", folder["errors.log"],
        ];
        if (KeepMessages) arguments.AddRange(["-trace_msg", "-message_file", folder["messages.log"]]);
        if (Service is not null) arguments.AddRange(["-s", Service]);
        if (Fields is not null) arguments.AddRange(["-inf", Path.GetFullPath(Fields)]);
        if (Credentials is var (user, password)) arguments.AddRange(["-au", user, "-ap", password]);
        foreach (var (name, value) in Keys) arguments.AddRange(["-key", name, value]);
        arguments.AddRange(MoreArguments);
        if (Remote is not null) arguments.Add($"{Remote}");
        return arguments;
    }
}
