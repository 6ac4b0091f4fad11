using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Schemes.Lint;
using static TeleCube.Actors.Tests.Schemes.SchemeTable;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>Whom an SMS of a scheme goes to, and what it says.</summary>
public sealed class SmsElementTests
{
    static readonly SmsElement _element = new() { Id = new("tell"), Text = "{name} {caller} na {dialled} {date} {time}", Exits = To(("next", "end")) };

    readonly SchemeTable _table = new SchemeTable().At("2026-11-23 10:05");

    [Fact]
    public void It_goes_to_the_caller_and_on_at_once()
    {
        var leave = Assert.IsType<ElementStep.Leave>(_table.Enter(_element));
        Assert.Equal("next", leave.Exit);
        Assert.Equal(new SmsWish(E164.Parse("+48600100200"), "+48600100200 +48600100200 na +48943401128 2026-11-23 10:05"), leave.Sms);
        Assert.DoesNotContain("600100200", leave.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fixed_number_hears_of_callers_who_withhold_theirs()
    {
        _table.Caller = new("+48600100200", null, Hidden: true);
        var leave = Assert.IsType<ElementStep.Leave>(_table.Enter(_element with { To = Office.Number, Text = "Dzwoni {caller}" }));
        Assert.Equal(new SmsWish(Office.Number, "Dzwoni numer zastrzeżony"), leave.Sms);
    }

    [Theory]
    [InlineData("+48600100200", true)]
    [InlineData(null, false)]
    [InlineData("12", false)]
    public void Who_has_no_number_is_sent_none(string? number, bool hidden)
    {
        _table.Caller = new(number, null, hidden);
        Assert.Null(Assert.IsType<ElementStep.Leave>(_table.Enter(_element)).Sms);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(" ", true)]
    [InlineData("a\tb", true)]
    [InlineData("a\nb", false)]
    public void Its_text_has_bounds(string text, bool faulty)
    {
        Assert.Equal(faulty, (_element with { Text = text }).OptionFaults().Any());
        Assert.NotEmpty((_element with { Text = new string('x', 481) }).OptionFaults());
    }

    [Fact]
    public void Rooms_are_refused_until_there_are_some()
    {
        var room = new ConferenceRoomElement { Id = new("room"), Room = "*7556" };
        Assert.Contains(SchemeLint.Check(Id, Graph(room), _table.Tenant), fault => fault is { Code: "no-conference-rooms", Field: "room" });
        Assert.NotEmpty((room with { Room = "7556" }).OptionFaults());
        Assert.Equal("unreachable", Assert.IsType<ElementStep.End>(_table.Enter(room)).Cause.Code);
    }
}
