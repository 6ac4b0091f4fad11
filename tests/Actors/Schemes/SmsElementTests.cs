using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Schemes.Lint;
using TeleCube.Actors.Sms;
using static TeleCube.Actors.Tests.Schemes.SchemeTable;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>Whom an SMS of a scheme goes to, and what it says.</summary>
public sealed class SmsElementTests
{
    static readonly SmsElement _element = new() { Id = new("tell"), Text = "{name} {caller} na {dialled} {date} {time}", Exits = To(("next", "end")) };

    static readonly SmsElement _refusing = _element with { Exits = To(("next", "end"), ("notSent", "end")) };

    readonly SchemeTable _table = new SchemeTable().At("2026-11-23 10:05");

    [Fact]
    public void It_goes_to_the_caller_and_on_at_once()
    {
        var text = Assert.IsType<ElementStep.Text>(_table.Enter(_element));
        Assert.Equal(new SmsWish(E164.Parse("+48600100200"), "+48600100200 +48600100200 na +48943401128 2026-11-23 10:05", Claimed: true), text.Sms);
        Assert.DoesNotContain("600100200", text.Reason, StringComparison.Ordinal);
        Assert.Equal("next", Exit(_element, goes: true));
    }

    [Fact]
    public void A_fixed_number_hears_of_callers_who_withhold_theirs()
    {
        _table.Caller = new("+48600100200", null, Hidden: true);
        Assert.Equal(new SmsWish(Office.Number, "Dzwoni numer zastrzeżony", Claimed: false), Wish(_element with { To = Office.Number, Text = "Dzwoni {caller}" }));
    }

    [Theory]
    [InlineData("+48600100200", true)]
    [InlineData(null, false)]
    [InlineData("12", false)]
    public void Who_has_no_number_is_sent_none(string? number, bool hidden)
    {
        _table.Caller = new(number, null, hidden);
        Assert.Equal("next", _table.ExitOf(_element));
        Assert.Equal("notSent", _table.ExitOf(_refusing));
    }

    [Fact]
    public void What_does_not_go_out_takes_its_own_exit_where_there_is_one()
    {
        Assert.Equal(("next", "notSent", "next"), (Exit(_refusing, goes: true), Exit(_refusing, goes: false), Exit(_element, goes: false)));
        Assert.Contains(SchemeLint.Check(Id, Graph(_refusing with { Exits = To(("notSent", "end")) }, Hangup()), _table.Tenant), fault => fault is { Code: "dead-end", Field: "exits.next" });
        Assert.Empty(SchemeLint.Check(Id, Graph(_element, Hangup()), _table.Tenant));
    }

    [Theory]
    [InlineData("Anna\nKliknij https://evil.example/x", "Od Anna Kliknij https evil. examp")]
    [InlineData("{caller}", "Od caller")]
    [InlineData("\u202E", "Od +48600100200")] // nothing is left of it
    [InlineData(null, "Od +48600100200")]
    public void The_name_is_a_strangers_and_made_fit(string? name, string said)
    {
        _table.Caller = new("+48600100200", name);
        Assert.Equal(said, Wish(_element with { Text = "Od {name}" }).Text);
    }

    [Fact]
    public void Who_withholds_the_number_withholds_the_name()
    {
        _table.Caller = new("+48600100200", "Anna", Hidden: true);
        Assert.Equal("numer zastrzeżony", Wish(_element with { To = Office.Number, Text = "{name}" }).Text);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("+486001002001234567890")]
    [InlineData("")]
    public void What_is_no_number_is_not_shown_as_one(string number)
    {
        _table.Caller = new(number, null);
        Assert.Equal("Dzwoni numer zastrzeżony", Wish(_element with { To = Office.Number, Text = "Dzwoni {caller}" }).Text);
    }

    [Fact]
    public void What_is_filled_in_does_not_make_it_longer_than_three_SMS()
    {
        var text = Wish(_element with { To = Office.Number, Text = string.Concat(Enumerable.Repeat("ł{name} ", 60)) }).Text;
        Assert.Equal(SmsText.MostParts, SmsText.Parts(text));
        Assert.EndsWith("...", text, StringComparison.Ordinal);
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

    SmsWish Wish(SmsElement element) => Assert.IsType<ElementStep.Text>(_table.Enter(element)).Sms;

    string Exit(SmsElement element, bool goes) =>
        Assert.IsType<ElementStep.Leave>(element.Next(ElementMemory.Empty, new ElementNews.Texted(goes, "why"), _table.Context)).Exit;
}
