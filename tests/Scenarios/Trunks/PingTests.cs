using System.Net;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Kamailio;

namespace TeleCube.Scenarios.Tests.Trunks;

/// <summary>OPTIONS to a carrier that we did not write (Kamailio): it is up while it answers, and down while it is not there.</summary>
public sealed class PingTests
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_carrier_is_up_while_it_answers()
    {
        var address = new IPEndPoint(IPAddress.Parse("127.0.8.240"), FreePorts.Take());
        var nobody = new IPEndPoint(IPAddress.Parse("127.0.8.241"), FreePorts.Take());
        await using var company = await DemoCompany.Start();
        await using (await KamailioRun.Start(address, "secret", nobody))
        {
            await company.Send(HttpMethod.Post, "/api/v1/operator/trunks", new { id = "carrier", host = $"{address.Address}", port = address.Port, pingSeconds = 1 });
            await Health(company, "up");
        }

        await Health(company, "down");
        await using var again = await KamailioRun.Start(address, "secret", nobody);
        await Health(company, "up");
    }

    static Task Health(DemoCompany company, string expected) => DemoCompany.Until(
        async () =>
        {
            var health = (await company.Get("/api/v1/operator/trunks/carrier")).GetProperty("status").GetProperty("health").GetString()!;
            return (health == expected, health);
        },
        _patience);
}
