using System.Net;
using TeleCube.Tests.Support;

namespace TeleCube.Scenarios.Tests.Given;

/// <summary>A carrier at an address of its own, which the node knows by a trunk.</summary>
static class Carrier
{
    static int _last = 1;

    /// <summary>The only trunk, so calls out go there; calls from there are let in.</summary>
    public static async Task<IPEndPoint> Add(DemoCompany company, string id = "carrier", string privacy = "privacyHeader")
    {
        var address = new IPEndPoint(IPAddress.Parse($"127.0.8.{Interlocked.Increment(ref _last)}"), FreePorts.Take());
        await company.Send(HttpMethod.Post, "/api/v1/operator/trunks", new
        {
            id,
            host = $"{address.Address}",
            port = address.Port,
            pingSeconds = 0,
            callerId = new { allowsForeign = true, privacy },
        });
        return address;
    }

    public static string Scenario(string name) => Path.Combine(Repository.Folder, "tests/Scenarios", name);
}
