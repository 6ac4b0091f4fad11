using System.Net;
using TeleCube.Tests.Support.Phones;

namespace TeleCube.Scenarios.Tests.Given;

/// <summary>A telephone somewhere outside: the node reaches it through a trunk of its own, as if a carrier stood between.</summary>
static class OutsidePhone
{
    static int _last = 1;

    /// <summary>A phone that takes the calls to its number.</summary>
    public static async Task<BaresipPhone> Add(DemoCompany company, string number, double toneHz = 900)
    {
        var phone = await BaresipPhone.Start(new()
        {
            User = number,
            Address = IPAddress.Parse($"127.0.9.{Interlocked.Increment(ref _last)}"),
            ToneHz = toneHz,
        });
        await company.Send(HttpMethod.Post, "/api/v1/operator/trunks", new
        {
            id = $"outside-{phone.SipPort}",
            host = $"{phone.Options.Address}",
            port = phone.SipPort,
            pingSeconds = 0,
            callerId = new { allowsForeign = true },
            routing = new { priority = 1, prefixes = new[] { number.TrimStart('+') } },
        });
        return phone;
    }

    /// <summary>Numer Zewnętrzny, its price accepted.</summary>
    public static async Task AddExternal(DemoCompany company, string id, string number, object? more = null)
    {
        var tenant = $"/api/v1/tenants/{DemoCompany.Id}";
        var quote = await company.Send(HttpMethod.Post, $"{tenant}/external-numbers/quote", new { number });
        var body = new Dictionary<string, object?> { ["id"] = id, ["number"] = number, ["acceptedQuoteId"] = quote.GetProperty("quoteId").GetString() };
        foreach (var property in more?.GetType().GetProperties() ?? []) body[property.Name] = property.GetValue(more);
        await company.Send(HttpMethod.Post, $"{tenant}/external-numbers", body);
    }

    /// <summary>The timeline of a call that is over, once it is stored.</summary>
    public static async Task<IReadOnlyList<(string Kind, string Code, string Text)>> Story(DemoCompany company, string call)
    {
        IReadOnlyList<(string, string Code, string)> story = [];
        await DemoCompany.Until(async () =>
        {
            var entries = await company.Get($"/api/v1/tenants/{DemoCompany.Id}/calls/{call}/timeline");
            story = [.. entries.GetProperty("items").EnumerateArray().Select(entry =>
                (entry.GetProperty("kind").GetString()!, entry.GetProperty("code").GetString()!, entry.GetProperty("text").GetString()!))];
            return (story.Any(entry => entry.Code == "ended"), $"{story.Count} lines");
        }, TimeSpan.FromSeconds(30));
        return story;
    }

    /// <summary>Przekieruj na: the company's number leads to that external number.</summary>
    public static Task ForwardTo(DemoCompany company, string id) => company.Send(HttpMethod.Put, $"/api/v1/tenants/{DemoCompany.Id}/phone-numbers", new
    {
        items = new[] { new { number = "+48943401128", forwardTo = new { kind = "externalNumber", id } } },
    });
}
