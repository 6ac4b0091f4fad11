using System.Net;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Registrations;

/// <summary>Those who guess passwords are refused, counted, and after the configured number of failures shut out for a while; nobody else is.</summary>
public sealed class GuessingTests
{
    const string Ban = "telecube.sip.ban { failures = 3, window = 1m, duration = 4s }";

    [Fact]
    public async Task A_source_that_guesses_is_shut_out_and_let_in_again()
    {
        await using var company = await DemoCompany.Start(Ban);
        var guesser = IPAddress.Parse("127.0.6.2");

        await Expect(company, "refused", guesser, "firmaabcde_10", "wrong");
        await Expect(company, "refused", guesser, "nobody_10", "demo-10");
        await Expect(company, "refused", guesser, "firmaabcde_11", "wrong");

        // The source hears nothing now, whatever it knows, and others are served as ever.
        var shutOut = await Register(company, "accepted", guesser, "firmaabcde_10", "demo-10", TimeSpan.FromSeconds(2));
        Assert.False(shutOut.IsFine);
        await Expect(company, "accepted", IPAddress.Parse("127.0.6.3"), "firmaabcde_11", "demo-11");
        var metrics = await company.Metrics();
        Assert.Contains("wrong-password", metrics, StringComparison.Ordinal);
        Assert.Contains("unknown-user", metrics, StringComparison.Ordinal);

        // SIPp repeats its REGISTER until the ban is over.
        await Expect(company, "accepted", guesser, "firmaabcde_10", "demo-10");
    }

    [Fact]
    public async Task Nobody_registers_as_another_extension()
    {
        await using var company = await DemoCompany.Start();

        await Expect(company, "forbidden", IPAddress.Parse("127.0.6.4"), "firmaabcde_10", "demo-10", address: "firmaabcde_11");
        Assert.Contains("other-extension", await company.Metrics(), StringComparison.Ordinal);
    }

    static async Task Expect(DemoCompany company, string outcome, IPAddress from, string user, string password, string? address = null)
    {
        var result = await Register(company, outcome, from, user, password, TimeSpan.FromSeconds(20), address);
        Assert.True(result.IsFine, result.ToString());
    }

    static Task<SippResult> Register(DemoCompany company, string outcome, IPAddress from, string user, string password, TimeSpan within, string? address = null) =>
        SippRun.Run(new()
        {
            Scenario = Path.Combine(Repository.Folder, $"tests/Scenarios/Registrations/{outcome}.xml"),
            Local = new IPEndPoint(from, FreePorts.Take()),
            Remote = company.Node.Sip,
            Calls = 1,
            Credentials = (user, password),
            Keys = new Dictionary<string, string> { ["address"] = address ?? user },
            Within = within,
        });
}
