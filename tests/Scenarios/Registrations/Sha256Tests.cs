using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support.Capture;
using TeleCube.Tests.Support.Phones;

namespace TeleCube.Scenarios.Tests.Registrations;

/// <summary>SHA-256 digests (RFC 8760) with a phone that we did not write.</summary>
public sealed class Sha256Tests
{
    [Theory]
    [InlineData("[sha256]")]
    [InlineData("[sha256, md5]")]
    public async Task A_phone_that_knows_sha_256_registers_by_it(string algorithms)
    {
        await using var company = await DemoCompany.Start($"telecube.sip.authentication.algorithms = {algorithms}");
        await using var wire = await LoopbackCapture.Start($"udp port {company.Node.Sip.Port}");
        await using var phone = LinphonePhone.Start("firmaabcde_10", "demo-10", company.Node.Sip);

        await phone.Registered();

        Assert.Contains("telecube_phones 1", await company.Metrics(), StringComparison.Ordinal);
        var proofs = await wire.Fields("sip.Method == \"REGISTER\" && sip.Authorization", "sip.auth.algorithm", "sip.auth.digest.response");
        Assert.NotEmpty(proofs);
        Assert.All(proofs, proof => Assert.Equal(("SHA-256", 64), (proof[0], proof[1].Trim('"').Length)));
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        await using var company = await DemoCompany.Start("telecube.sip.authentication.algorithms = [sha256]");
        await using var phone = LinphonePhone.Start("firmaabcde_10", "wrong", company.Node.Sip);

        await phone.IsRefused();

        Assert.Contains("wrong-password", await company.Metrics(), StringComparison.Ordinal);
    }
}
