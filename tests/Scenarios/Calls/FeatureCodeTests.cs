using TeleCube.Scenarios.Tests.Given;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>What a phone sets by dialling (PRODUCT §11).</summary>
public sealed class FeatureCodeTests
{
    [Fact]
    public async Task A_phone_sets_do_not_disturb_and_a_forward_and_calls_follow_them()
    {
        await using var company = await DemoCompany.Start();
        var (secretary, office) = (await company.Phone("10"), await company.Phone("11"));

        await Sets(company, office, "*3", extension => extension.GetProperty("doNotDisturb").GetBoolean());
        await secretary.Dial("11");
        Assert.Contains("480", (await secretary.IsOver()).Param, StringComparison.Ordinal);

        await Sets(company, office, "*3", extension => !extension.GetProperty("doNotDisturb").GetBoolean());
        await Sets(company, office, "*21*10%23", extension => extension.GetProperty("forwards").GetProperty("unconditional").GetString() == "10");
        var boss = await company.Phone("12");
        await boss.Dial("11");
        await secretary.Rings();
        await boss.HangUp();
        await Sets(company, office, "%2321%23", extension => extension.GetProperty("forwards").GetProperty("unconditional").ValueKind is System.Text.Json.JsonValueKind.Null);

        await office.Dial($"sip:*21*99%23@{company.Node.Sip}"); // there is no such extension
        Assert.Contains("403", (await office.IsOver()).Param, StringComparison.Ordinal);
    }

    /// <summary>The code is answered, confirmed and hung up on by the exchange, and the setting is what it should be.</summary>
    static async Task Sets(DemoCompany company, TeleCube.Tests.Support.Phones.BaresipPhone phone, string code, Func<System.Text.Json.JsonElement, bool> holds)
    {
        await phone.Dial($"sip:{code}@{company.Node.Sip}");
        await phone.Talks();
        await phone.IsOver();
        await DemoCompany.Until(async () =>
        {
            var extension = await company.Get($"/api/v1/tenants/{DemoCompany.Id}/extensions/11");
            return (holds(extension), extension.ToString());
        }, TimeSpan.FromSeconds(30));
    }
}
