using System.Reflection;
using System.Text.RegularExpressions;
using TeleCube.Actors;
using TeleCube.Api.Http;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Tests.Support;

namespace TeleCube.Api.Tests;

/// <summary>The codes of failures: the actors', the kernel's and the API's are all in the table, and the table is docs/problems.md.</summary>
public sealed partial class ProblemsTests
{
    [Fact]
    public void Every_code_of_the_domain_and_the_API_has_a_status()
    {
        var codes = new[] { typeof(Refusals), typeof(ApiCodes) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(field => (string)field.GetRawConstantValue()!);
        Assert.Empty(codes.Except(Problems.All.Select(problem => problem.Code)));
    }

    [Fact]
    public void Every_code_of_the_kernel_has_a_status()
    {
        var codes = typeof(KernelRejections).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => ((Rejection)field.GetValue(null)!).Code)
            .Concat([KernelRejections.Failed(new InvalidOperationException()).Code, KernelRejections.StorageUnavailable(null).Code,
                KernelRejections.Taken(null).Code, KernelRejections.Quarantined("").Code]);
        Assert.Empty(codes.Except(Problems.All.Select(problem => problem.Code)));
    }

    [Fact]
    public void The_handbook_lists_exactly_these_codes_with_their_statuses()
    {
        var written = Row().Matches(File.ReadAllText(Path.Combine(Repository.Folder, "docs", "problems.md")))
            .Select(row => (Code: row.Groups[1].Value, Status: row.Groups[2].Value));
        var known = Problems.All.Select(problem => (problem.Code, Status: problem.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(known.Order(), written.Order());
    }

    [Theory]
    [InlineData("no-such-extension", 404)]
    [InlineData("stale-version", 412)]
    [InlineData("quote-required", 422)]
    [InlineData("storage-unavailable", 503)]
    [InlineData("not-mine", 503)]
    [InlineData("something-new", 409)]
    public void A_refusal_has_the_status_of_its_kind(string code, int status) => Assert.Equal(status, Problems.Of(code).Status);

    [GeneratedRegex(@"^\| `([a-z-]+)` \| (\d{3}) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
