using System.Net;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Registrations;

/// <summary>Those who use what is not theirs: an old Authorization, another company's extension, a name that does not exist.</summary>
public sealed class AbuseTests
{
    [Fact]
    public async Task Credentials_that_were_used_are_refused_and_counted()
    {
        await using var company = await DemoCompany.Start();

        var own = await Register(company, "accepted", "127.0.6.10", "firmaabcde_10", "demo-10");
        Assert.True(own.IsFine, own.ToString());
        var thief = await Register(company, "replayed", "127.0.6.17", "firmaabcde_10", "", ("authorization", Authorization(own)));

        Assert.True(thief.IsFine, thief.ToString());
        Assert.Contains($"Authorization: {Authorization(own)}", thief.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("stale=true", thief.Messages, StringComparison.Ordinal); // that would excuse it
        Assert.Contains("replayed-nonce", await company.Metrics(), StringComparison.Ordinal);
        Assert.Contains("telecube_phones 1", await company.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_companys_extension_is_out_of_reach()
    {
        await using var company = await DemoCompany.Start();
        await company.Send(
            HttpMethod.Post, "/api/v1/operator/tenants",
            new { id = "rival", name = "Rival", loginPrefix = "rival", package = "premium", tariff = "standard" });
        await company.Send(HttpMethod.Post, "/api/v1/tenants/rival/extensions", new { number = "10", password = "rival-password-10" });

        var asRival = await Register(company, "forbidden-elsewhere", "127.0.6.11", "firmaabcde_10", "demo-10", ("address", "rival_10"));
        Assert.True(asRival.IsFine, asRival.ToString());
        var byName = await Register(company, "refused", "127.0.6.12", "rival_10", "demo-10");
        Assert.True(byName.IsFine, byName.ToString());
        Assert.Contains("telecube_phones 0", await company.Metrics(), StringComparison.Ordinal);

        var own = await Register(company, "accepted", "127.0.6.13", "rival_10", "rival-password-10");
        Assert.True(own.IsFine, own.ToString());
    }

    [Fact]
    public async Task A_guesser_cannot_tell_a_wrong_name_from_a_wrong_password()
    {
        await using var company = await DemoCompany.Start();

        var wrongPassword = await Register(company, "refused", "127.0.6.14", "firmaabcde_10", "wrong");
        var wrongName = await Register(company, "refused", "127.0.6.15", "firmaabcde_99", "wrong");
        var wrongCompany = await Register(company, "refused", "127.0.6.16", "nobodyabcd_10", "wrong");

        Assert.True(wrongPassword.IsFine && wrongName.IsFine && wrongCompany.IsFine, $"{wrongPassword}\n{wrongName}\n{wrongCompany}");
        Assert.Equal(Shape(wrongPassword), Shape(wrongName));
        Assert.Equal(Shape(wrongPassword), Shape(wrongCompany));
    }

    /// <summary>The answers without what differs from request to request: status lines, names of headers, the challenge but for its nonce.</summary>
    static List<string> Shape(SippResult result)
    {
        var answers = result.Messages.Split("SIP/2.0 401", StringSplitOptions.None).Skip(1).ToList();
        Assert.Equal(2, answers.Count);
        return
        [
            .. answers[1].Split("\n\n")[0].Split("\r\n\r\n")[0].Split('\n').Select(line =>
                line.StartsWith("WWW-Authenticate:", StringComparison.Ordinal)
                ? string.Join(',', line.Split(',').Where(part => !part.Contains("nonce=", StringComparison.Ordinal)))
                : line.Split(':')[0]),
        ];
    }

    /// <summary>What it proved itself by.</summary>
    static string Authorization(SippResult result) =>
        result.Messages.Split('\n').Last(line => line.StartsWith("Authorization: ", StringComparison.Ordinal))["Authorization: ".Length..].Trim();

    static Task<SippResult> Register(
        DemoCompany company, string outcome, string from, string user, string password, params (string Name, string Value)[] keys) =>
        SippRun.Run(new()
        {
            Scenario = Carrier.Scenario($"Registrations/{outcome}.xml"),
            Local = new IPEndPoint(IPAddress.Parse(from), FreePorts.Take()),
            Remote = company.Node.Sip,
            Calls = 1,
            Credentials = (user, password),
            Keys = keys.Prepend(("address", user)).GroupBy(key => key.Item1).ToDictionary(key => key.Key, key => key.Last().Item2),
            Within = TimeSpan.FromSeconds(20),
        });
}
