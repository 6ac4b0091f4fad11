using System.Globalization;
using System.Net;
using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Audio;
using TeleCube.Tests.Support.Sipp;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>„Numer nie jest przypisany”: the caller hears it before the call is refused, and is told by the wire too.</summary>
public sealed class AnnouncementTests
{
    const double ToneHz = 1300;
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_number_that_leads_nowhere_speaks_the_prompt_that_comes_with_the_program()
    {
        await using var company = await DemoCompany.Start();
        var carrier = await Carrier.Add(company);
        await company.Send(HttpMethod.Put, $"/api/v1/tenants/{DemoCompany.Id}/phone-numbers", new
        {
            items = new[] { new { number = "+48943401128", forwardTo = (object?)null } },
        });

        var heard = await CallIn(company, carrier, "+48943401128");

        // A busy machine may leave frames out, and none is added: the words are heard once.
        var spoken = Energy(Wav.Read(await File.ReadAllBytesAsync(Path.Combine(Repository.Folder, "prompts/pl/not-assigned.wav")))[0]);
        Assert.InRange(Energy(heard) / spoken, 0.3, 1.1);
        var cdr = Assert.Single(await company.Cdrs(1));
        Assert.Equal(("no-such-number", 404), (cdr.GetProperty("disposition").GetString(), cdr.GetProperty("cause").GetProperty("status").GetInt32()));
        await DemoCompany.Until(
            async () =>
            {
                var timeline = $"{await company.Get($"/api/v1/tenants/{DemoCompany.Id}/calls/{cdr.GetProperty("id").GetString()}/timeline")}";
                return (timeline.Contains("not-assigned", StringComparison.Ordinal), timeline);
            },
            10 * _second);
    }

    [Fact]
    public async Task A_number_that_no_tenant_holds_speaks_too_and_is_in_the_operators_records()
    {
        using var prompts = Prompts(2 * _second);
        await using var company = await DemoCompany.Start(Settings(prompts));
        var carrier = await Carrier.Add(company);

        var heard = new WavFile(Tones.RateHz, await CallIn(company, carrier, "+48943401199"));

        Assert.InRange(heard.Heard(ToneHz).TotalSeconds, 0.5, 2.2);
        Assert.Contains("which no tenant holds", company.Node.Process.Output, StringComparison.Ordinal);
        Assert.Empty(await company.Cdrs(0));
        var cdr = Assert.Single((await company.Get("/api/v1/operator/cdrs")).GetProperty("items").EnumerateArray());
        Assert.Equal(("+48943401199", "no-such-number"), (cdr.GetProperty("callee").GetString(), cdr.GetProperty("disposition").GetString()));
        await DemoCompany.Until(
            async () => ((await company.Metrics()).Contains("telecube_calls_actors 0", StringComparison.Ordinal), "an actor is left"), TimeSpan.FromSeconds(40));
        var story = $"{await company.Get($"/api/v1/operator/cdrs/{cdr.GetProperty("id").GetString()}/timeline")}";
        Assert.Contains("no tenant holds +48943401199", story, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phone_that_dials_an_extension_that_is_not_there_hears_it()
    {
        using var prompts = Prompts(4 * _second);
        await using var company = await DemoCompany.Start(Settings(prompts));
        var secretary = await company.Phone("10");

        var hears = secretary.Hears(ToneHz, _second);
        await secretary.Dial("77");
        await hears;

        Assert.StartsWith("404", (await secretary.IsOver()).Param, StringComparison.Ordinal);
        Assert.Equal("no-such-number", Assert.Single(await company.Cdrs(1)).GetProperty("disposition").GetString());
    }

    [Fact]
    public async Task A_company_speaks_with_its_own_voice()
    {
        await using var company = await DemoCompany.Start();
        await Upload(company, ("name", "Nie ma takiego numeru"), ("replaces", "not-assigned"));
        var secretary = await company.Phone("10");
        var hears = secretary.Hears(ToneHz, _second);
        await secretary.Dial("77");
        await hears;
        Assert.StartsWith("404", (await secretary.IsOver()).Param, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_held_hears_the_companys_own_music_over_and_over()
    {
        await using var company = await DemoCompany.Start();
        await Upload(company, ("id", "quiet"), ("name", "Muzyka"), ("musicClass", "own"));
        await company.Send(HttpMethod.Put, $"/api/v1/tenants/{DemoCompany.Id}/settings", new { musicOnHold = "music/own" });
        var secretary = await company.Phone("10");
        var office = await company.Phone("13");
        await secretary.Dial("13");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(secretary.Talks(), office.Talks());
        await secretary.Hold();
        await office.Hears(ToneHz, 6 * _second, TimeSpan.FromMinutes(2)); // it lasts four
        await secretary.Resume();
        await office.Hears(DemoCompany.Tone("10"), _second);
        await secretary.HangUp();
        await office.IsOver();
    }

    /// <summary>Four seconds of the tone, as a studio records them.</summary>
    static async Task Upload(DemoCompany company, params (string Name, string Value)[] fields)
    {
        using var folder = new TempFolder();
        new WavFile(48_000, [.. Enumerable.Range(0, 4 * 48_000).Select(i => (short)(3000 * Math.Sin(2 * Math.PI * ToneHz * i / 48_000)))]).Save(folder["own.wav"]);
        using var client = company.Client();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(folder["own.wav"])), "file", "own.wav" } };
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        using var answer = await client.PostAsync(new Uri($"/api/v1/tenants/{DemoCompany.Id}/announcements", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    /// <summary>Calls as the carrier does, and returns what it heard until it was refused.</summary>
    static async Task<short[]> CallIn(DemoCompany company, IPEndPoint carrier, string number)
    {
        await using var ear = new RtpPeer(carrier.Address);
        var end = await SippRun.Run(new()
        {
            Scenario = Carrier.Scenario("Calls/carrier-is-refused.xml"),
            Local = carrier,
            Remote = company.Node.Sip,
            Keys = new Dictionary<string, string> { ["number"] = number, ["audio"] = ear.Address.Port.ToString(CultureInfo.InvariantCulture) },
            Calls = 1,
        });
        Assert.True(end.IsFine, end.ToString());
        Assert.Contains("SIP/2.0 183 ", end.Messages, StringComparison.Ordinal);
        Assert.Contains("Q.850;cause=1", end.Messages, StringComparison.Ordinal);
        return ear.Heard;
    }

    static TempFolder Prompts(TimeSpan length)
    {
        var folder = new TempFolder();
        Directory.CreateDirectory(folder["pl"]);
        WavFile.Sine(ToneHz, length).Save(folder["pl/not-assigned.wav"]);
        return folder;
    }

    static string Settings(TempFolder prompts) => $"telecube.media.prompts-directory = \"{prompts.Path}\"";

    static double Energy(short[] samples) => samples.Sum(sample => (double)sample * sample);
}
