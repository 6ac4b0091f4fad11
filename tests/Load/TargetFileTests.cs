using TeleCube.Load.Targets;

namespace TeleCube.Load.Tests;

public sealed class TargetFileTests : IDisposable
{
    readonly string _path = Path.GetTempFileName();

    [Fact]
    public void Users_take_turns_by_their_number()
    {
        var target = Read("# a comment", "address = 127.0.0.1:5060", "users = 3", "first-user = 10", "from = firm_{n}", "dial = {n}", "callee-user = firm_{n}", "callee-password = demo-{n}");
        Assert.Equal("firm_11", target.CallerAt(4).Name);
        Assert.Equal(new TargetUser("12", "firm_12", "demo-12"), target.CalleeAt(2));
        Assert.Equal("firm_12", target.CalleeAt(2).Account.Name);
    }

    [Fact]
    public void An_override_wins() =>
        Assert.Equal(5080, TargetFile.Read("", Written("address = 127.0.0.1:5060"), ["address=127.0.0.1:5080"]).Address.Port);

    [Theory]
    [InlineData("address = 192.0.2.1:5060", "loopback")]
    [InlineData("address = 127.0.0.1", "ADDRESS:PORT")]
    [InlineData("adress = 127.0.0.1:5060", "unknown key 'adress'")]
    public void A_mistake_is_named(string line, string says) => Assert.Contains(says, Assert.Throws<LoadException>(() => Read(line)).Message, StringComparison.Ordinal);

    public void Dispose() => File.Delete(_path);

    Target Read(params string[] lines) => TargetFile.Read("", Written(lines), []);

    string Written(params string[] lines)
    {
        File.WriteAllLines(_path, lines);
        return _path;
    }
}
