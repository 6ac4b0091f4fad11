using TeleCube.Node.Composition;
using TeleCube.Node.Options;
using TeleCube.Tests.Support;

namespace TeleCube.Node.Tests.Composition;

/// <summary>The files that hold a node's secrets.</summary>
public sealed class SecretsTests : IDisposable
{
    readonly TempFolder _folder = new();

    [Fact]
    public void They_are_made_once_for_this_user_alone()
    {
        var (token, isNew) = OperatorToken.Of(Options);
        var key = ClusterKey.Load(_folder.Path);

        Assert.True(isNew);
        Assert.Equal((token, false), OperatorToken.Of(Options));
        Assert.Equal(key.For("tag"), ClusterKey.Load(_folder.Path).For("tag"));
        Assert.Equal(["cluster.key", "operator.token"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var file in Directory.GetFiles(_folder.Path))
            if (OperatingSystem.IsLinux()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short\n")]
    public void A_token_that_was_cut_off_is_not_used(string text)
    {
        _folder.Write("operator.token", text);

        Assert.Contains($"operator.token holds {text.Trim().Length} characters", Assert.Throws<StartException>(() => OperatorToken.Of(Options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00ff")]
    [InlineData("no hexadecimal digits, but as many of them as the key has ......")]
    public void A_key_that_was_spoilt_is_not_used(string text)
    {
        _folder.Write("cluster.key", text);

        Assert.Contains("cluster.key must hold 32 bytes as 64 hexadecimal digits", Assert.Throws<StartException>(() => ClusterKey.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    TeleCubeOptions Options => ConfigurationLoader.Load(new() { Data = _folder.Path }).Options;
}
