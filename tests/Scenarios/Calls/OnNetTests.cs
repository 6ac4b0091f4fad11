using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Scenarios.Tests.Recovery;
using TeleCube.Tests.Support;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>Two companies of one platform call each other by their numbers.</summary>
public sealed class OnNetTests
{
    const string Other = "innafirma";
    const string Number = "+48943401128";
    const string OtherNumber = "+48222333444";
    const double OtherTone = 1400;

    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_call_to_another_company_stays_on_the_platform_and_tells_only_the_number()
    {
        await using var company = await DemoCompany.Start();
        using var carrier = await Trunk(company);
        await Found(company);
        var secretary = await company.Phone("10");
        var others = await company.Phone(company.Of("20") with { User = $"{Other}_20", Password = "secret-of-20", ToneHz = OtherTone });

        await secretary.Dial("222333444");
        var ringing = await others.Rings();
        Assert.Contains(Number, ringing.Peer, StringComparison.Ordinal);
        await others.Answer();
        await Task.WhenAll(secretary.Talks(), others.Talks());
        await Task.WhenAll(secretary.Hears(OtherTone, _second), others.Hears(DemoCompany.Tone("10"), _second));

        await NobodyTakesItOver(company);
        await secretary.HangUp();
        await others.IsOver();

        var ours = (await company.Cdrs(2))[0]; // the second is the vain take-over's
        var theirs = Assert.Single(await company.Cdrs(1, Other));
        Assert.Equal(("outgoing", "10", OtherNumber, "answered"), Shown(ours));
        Assert.Equal(("incoming", Number, "20", "answered"), Shown(theirs));
        Assert.Equal(0m, decimal.Parse(ours.GetProperty("cost").GetProperty("gross").GetString()!, CultureInfo.InvariantCulture));
        await new ExchangeFile(company.Node).NothingIsLeft();
        await KnowNothingOfEachOther(company, ours, theirs);
        Assert.Equal(0, carrier.Available);
    }

    [Fact]
    public async Task A_busy_company_is_busy()
    {
        await using var company = await DemoCompany.Start();
        await Found(company);
        var secretary = await company.Phone("10");
        var others = await company.Phone(company.Of("20") with { User = $"{Other}_20", Password = "secret-of-20", ToneHz = OtherTone });
        await secretary.Dial("222333444");
        await others.Rings();
        await others.HangUp();
        Assert.StartsWith("486", (await secretary.IsOver()).Param, StringComparison.Ordinal);
        Assert.Equal(["busy", "busy"], (await company.Cdrs(1)).Concat(await company.Cdrs(1, Other)).Select(cdr => cdr.GetProperty("disposition").GetString()));
    }

    /// <summary>A phone of the first company that knows the second company's dialog to the letter.</summary>
    static async Task NobodyTakesItOver(DemoCompany company)
    {
        await using var farm = await PhoneFarm.Register(company.Node.Sip, "12");
        var place = await company.PlaceOf(await company.LiveCall(Number, OtherNumber, Other), 1, Other);
        var taker = await farm["12"].Dial("11", 1500, place);
        Assert.Equal(481, (await taker.Final.WaitAsync(FarmTalk.Guard)).Status);
        Assert.Equal(2, (await company.Cdrs(1)).Count + (await company.Calls()).Count);
    }

    /// <summary>The second company: an extension, a number that leads to it.</summary>
    static async Task Found(DemoCompany company)
    {
        var demo = await company.Get($"/api/v1/operator/tenants/{DemoCompany.Id}");
        var tenant = $"/api/v1/tenants/{Other}";
        await company.Send(HttpMethod.Post, "/api/v1/operator/tenants", new { id = Other, name = "Inna Firma", package = Text(demo, "package"), tariff = Text(demo, "tariff") });
        await company.Send(HttpMethod.Post, "/api/v1/operator/phone-numbers", new { number = OtherNumber, tenant = Other });
        await company.Send(HttpMethod.Post, $"{tenant}/extensions", new { number = "20", description = "Recepcja", password = "secret-of-20" });
        await company.Send(HttpMethod.Put, $"{tenant}/phone-numbers", new { items = new[] { new { number = OtherNumber, forwardTo = new { kind = "extension", id = "20" } } } });
    }

    /// <summary>A trunk for everything, and the carrier that must hear nothing of it.</summary>
    static async Task<Socket> Trunk(DemoCompany company)
    {
        var carrier = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var address = new IPEndPoint(IPAddress.Parse("127.0.5.9"), FreePorts.Take());
        carrier.Bind(address);
        await company.Send(HttpMethod.Post, "/api/v1/operator/trunks", new { id = "carrier", host = $"{address.Address}", port = address.Port, pingSeconds = 0 });
        return carrier;
    }

    static async Task KnowNothingOfEachOther(DemoCompany company, JsonElement ours, JsonElement theirs)
    {
        var (id, theirId) = (Text(ours, "id"), Text(theirs, "id"));
        var timeline = await company.Get($"/api/v1/tenants/{DemoCompany.Id}/calls/{id}/timeline");
        var theirTimeline = await company.Get($"/api/v1/tenants/{Other}/calls/{theirId}/timeline");
        foreach (var (told, secrets) in new[] { ($"{theirs}{theirTimeline}", new[] { DemoCompany.Id, id, "Sekretariat" }), ($"{ours}{timeline}", [Other, theirId, "Recepcja"]) })
            foreach (var secret in secrets) Assert.DoesNotContain(secret, told, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("INVITE", $"{theirTimeline}", StringComparison.Ordinal);
    }

    static (string Direction, string Caller, string Callee, string Disposition) Shown(JsonElement cdr) =>
        (Text(cdr, "direction"), Text(cdr, "caller"), Text(cdr, "callee"), Text(cdr, "disposition"));

    static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
