using TeleCube.Node.Hocon;
using TeleCube.Node.Options;

namespace TeleCube.Node.Tests.Options;

public sealed class ReferenceConfTests
{
    static readonly HoconObject Root = Parse();

    public static TheoryData<string> Options => new(OptionLeaf.All.Select(leaf => leaf.Path));

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_option_has_a_line_with_a_comment(string path)
    {
        var holder = Root;
        var keys = path.Split('.');
        foreach (var key in keys[..^1])
        {
            Assert.True(holder.TryGet(key, out var next), $"{path} is not in reference.conf");
            holder = Assert.IsType<HoconObject>(next);
        }
        Assert.True(holder.TryGet(keys[^1], out _), $"{path} is not in reference.conf");
        Assert.False(string.IsNullOrWhiteSpace(holder.CommentOf(keys[^1])), $"{path} has no comment in reference.conf");
    }

    [Fact]
    public void Every_line_has_an_option()
    {
        var known = OptionLeaf.All.Select(leaf => leaf.Path).ToHashSet();
        Assert.DoesNotContain(Leaves(Root, ""), path => !known.Contains(path));
    }

    [Fact]
    public void Environment_names_are_unambiguous() =>
        Assert.Equal(OptionLeaf.All.Count, OptionLeaf.All.DistinctBy(leaf => leaf.EnvironmentName).Count());

    static IEnumerable<string> Leaves(HoconObject members, string path) => members.Members.SelectMany(member =>
        member.Value is HoconObject inner ? Leaves(inner, $"{path}{member.Key}.") : [path + member.Key]);

    static HoconObject Parse()
    {
        var root = new HoconObject(new("reference.conf"));
        HoconParser.Parse(ConfigurationLoader.Reference(), root);
        return root;
    }
}
