using System.Reflection;
using System.Text.RegularExpressions;
using TeleCube.Actors.Calls.Model;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>docs/api.md says why calls end.</summary>
public sealed partial class EndCausesTests
{
    [Fact]
    public void The_handbook_names_every_cause()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Folder, "docs", "api.md"));
        var written = Row().Matches(page[page.IndexOf("### Why it ended", StringComparison.Ordinal)..]).SelectMany(row => Code().Matches(row.Groups[1].Value)).Select(code => code.Groups[1].Value);
        var known = typeof(EndCause).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => ((EndCause)field.GetValue(null)!).Code)
            .Concat(Enumerable.Range(300, 400).Select(status => EndCause.Of(status, "").Code));
        Assert.Empty(known.Distinct().Except(written));
    }

    [GeneratedRegex("^\\| ([^|]+) \\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Code();
}
