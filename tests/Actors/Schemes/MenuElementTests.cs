using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using static TeleCube.Actors.Tests.Schemes.SchemeTable;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>What a menu makes of keys: choices, extensions, the last key of an entry, and what it says of what was wrong.</summary>
public sealed class MenuElementTests
{
    static readonly MenuElement _menu = new() { Id = new("menu"), Sound = Welcome, DialExtensions = true, Exits = To(("1", "end"), ("timeout", "end"), ("invalid", "end")) };

    readonly SchemeTable _table = new();

    public MenuElementTests()
    {
        _table.House.AddExtension("10");
        _table.House.AddExtension("100");
    }

    [Fact]
    public void The_last_key_of_a_phone_ends_an_extension_with_which_another_begins() =>
        Assert.Equal(["10"], Assert.IsType<RouteStep.Ring>(Assert.IsType<ElementStep.Ring>(Press("10#")).Route.Next) is var ring ? [ring.Extension] : []);

    [Fact]
    public void And_a_choice_with_which_an_extension_begins() => Assert.Equal("1", Assert.IsType<ElementStep.Leave>(Press("1#")).Exit);

    [Fact]
    public void Alone_it_is_a_choice_like_any_other() =>
        Assert.Equal("#", Assert.IsType<ElementStep.Leave>(Press("#", _menu with { Exits = _menu.Exits.Add("#", new("end")) })).Exit);

    [Theory]
    [InlineData("77-", "timeout", "nothing was pressed: 2 times no choice and 1 times nothing")]
    [InlineData("---", "timeout", "nothing was pressed: 3 times nothing")]
    [InlineData("-77", "invalid", "7 is no choice: 2 times no choice and 1 times nothing")]
    [InlineData("777", "invalid", "7 is no choice: 3 times no choice")]
    public void The_end_says_what_was(string keys, string exit, string reason)
    {
        var left = Assert.IsType<ElementStep.Leave>(Press(keys));
        Assert.Equal((exit, reason), (left.Exit, left.Reason));
    }

    /// <summary>One key after the other, as soon as it is waited for; <c>-</c> is silence.</summary>
    ElementStep Press(string keys, MenuElement? other = null)
    {
        var menu = other ?? _menu;
        var step = _table.Enter(menu);
        foreach (var key in keys)
        {
            if (step is ElementStep.Play) step = menu.Next(step.Memory, new ElementNews.Played(), _table.Context);
            step = menu.Next(step.Memory, key == '-' ? new ElementNews.Silence() : new ElementNews.Key(key), _table.Context);
        }

        return step;
    }
}
