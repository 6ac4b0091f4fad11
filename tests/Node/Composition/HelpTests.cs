using System.Diagnostics;
using System.Text.RegularExpressions;
using TeleCube.Tests.Support;
using TeleCube.Tests.Support.Nodes;

namespace TeleCube.Node.Tests.Composition;

/// <summary>Whoever asks <c>./run</c> or <c>./test</c> what it takes is told at once: nothing is looked for, installed or built before.</summary>
public sealed partial class HelpTests
{
    static readonly TimeSpan _soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("run", "--help")]
    [InlineData("run", "-h")]
    [InlineData("run", "check-config", "--help")]
    [InlineData("test", "--help")]
    public async Task Help_needs_nothing_but_the_script(string script, params string[] arguments)
    {
        using var folder = new TempFolder(); // neither sources nor scripts/common.sh lie beside it here
        File.Copy(Path.Combine(Repository.Folder, script), folder[script]);
        var (code, said) = await Run(folder[script], arguments);
        Assert.Equal(0, code);
        Assert.StartsWith("./" + script, said, StringComparison.Ordinal);
        Assert.Contains("--help", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_script_lists_is_what_the_node_takes()
    {
        await using var node = RunningNode.Launch(["--help"]);
        Assert.Equal(0, await node.WaitForExit(_soon));
        var (_, said) = await Run(Path.Combine(Repository.Folder, "run"), "--help");
        Assert.Equal(Options(string.Join('\n', node.Lines.All)), Options(said));
    }

    [Fact]
    public async Task The_tests_take_no_arguments_that_they_would_not_heed() =>
        Assert.Equal(64, (await Run(Path.Combine(Repository.Folder, "test"), "tests/Api")).Code);

    static async Task<(int Code, string Said)> Run(string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(_soon);
        await errors;
        return (process.ExitCode, await said);
    }

    static List<string> Options(string help) => [.. Option().Matches(help).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex("^ *(?:-., *)*(--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Option();
}
