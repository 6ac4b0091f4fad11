using System.Text;
using System.Text.Json.Nodes;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Views;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Tests.Schemes.SchemeTable;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>A jump leads on, and never a call into another version of a scheme that it has been in: it ends in the version in which it began.</summary>
public sealed class JumpTests
{
    static readonly EventRegistry _registry = new EventRegistry().AddCallEvents();
    static readonly SchemeId _day = new("day"), _night = new("night");

    readonly SchemeTable _table = new();

    [Fact]
    public void One_to_the_scheme_itself_stays_in_the_version_of_the_call()
    {
        var at = Start(Save(_day, Announcement("old", "go"), Jump("go", _day)));
        Save(_day, Announcement("new", "go"), Jump("go", _day));
        Assert.Equal((_day, 1, "old"), Played(at));
    }

    [Fact]
    public void One_there_and_back_comes_back_to_that_version_and_enters_the_other_anew_in_the_one_that_it_saw_first()
    {
        var at = Start(Save(_day, Announcement("old-day", "go"), Jump("go", _night)));
        Save(_night, Announcement("old-night", "go"), Jump("go", _day));
        var there = Next(at);
        Save(_day, Announcement("new-day", "go"), Jump("go", _night));
        Save(_night, Announcement("new-night", "go"), Jump("go", _day));
        var back = Next(there);
        Assert.Equal(((_night, 1, "old-night"), (_day, 1, "old-day"), (_night, 1, "old-night")), (Where(there), Where(back), Where(Next(back))));
    }

    [Fact]
    public void A_scheme_that_the_call_has_not_been_in_is_entered_as_it_is_now()
    {
        var at = Start(Save(_day, Announcement("wait", "go"), Jump("go", _night)));
        Save(_night, Announcement("old", "end"), Hangup());
        Save(_night, Announcement("new", "end"), Hangup());
        Assert.Equal((_night, 2, "new"), Played(at));
    }

    [Fact]
    public void A_deleted_scheme_still_leads_the_call_that_is_in_it()
    {
        var at = Start(Save(_day, Announcement("old", "go"), Jump("go", _day)));
        Delete(_day);
        Assert.Equal((_day, 1, "old"), Played(at));
    }

    [Fact]
    public void And_one_that_was_deleted_takes_the_call_whose_old_version_goes_on_there()
    {
        var at = Start(Save(_day, Announcement("wait", "go"), Jump("go", _night)));
        Save(_night, Announcement("old", "end"), Hangup());
        Save(_day, Hangup()); // nobody new goes there: so it may be deleted
        Delete(_night);
        Assert.Equal((_night, 1, "old"), Played(at));
    }

    [Fact]
    public void One_of_which_nothing_is_left_ends_the_call()
    {
        var move = SchemeWalk.Next(Start(Save(_day, Jump("go", _night))), new ElementNews.Entered(), _table.Context);
        Assert.Equal("scheme-gone", Assert.IsType<ElementStep.End>(move.Step).Cause.Code);
    }

    [Fact]
    public void A_call_of_an_older_journal_has_been_nowhere_else_and_a_newer_one_says_where()
    {
        var position = Start(Save(_day, Hangup()));
        var moved = new CallEvent.SchemeMoved(position with { Entered = position.Entered.Add(_night, 7) }, [], _table.Now);
        var (type, version, payload) = _registry.Encode(moved);
        Assert.Equal(7, Position(type, version, payload).Entered[_night]);
        var older = JsonNode.Parse(payload)!;
        var there = older.AsObject().Single(property => property.Key.Equals("position", StringComparison.OrdinalIgnoreCase)).Value!.AsObject();
        Assert.True(there.Remove(there.Single(property => property.Key.Equals("entered", StringComparison.OrdinalIgnoreCase)).Key));
        Assert.Empty(Position(type, version, Encoding.UTF8.GetBytes(older.ToJsonString())).Entered);
    }

    static SchemePosition Position(string type, int version, ReadOnlySpan<byte> payload) => ((CallEvent.SchemeMoved)_registry.Decode(type, version, payload)).Position!;

    SchemePosition Start(Scheme scheme) => new(scheme.Id, scheme.Current, scheme.CurrentGraph!.Start, _table.Caller);

    /// <summary>What is played at this element is over: the call goes on to the next that plays.</summary>
    SchemePosition Next(SchemePosition at) => SchemeWalk.Next(at, new ElementNews.Played(), _table.Context).At;

    (SchemeId Scheme, int Version, string Element) Played(SchemePosition at) => Where(Next(at));

    static (SchemeId Scheme, int Version, string Element) Where(SchemePosition at) => (at.Scheme, at.Version, at.Element.Value);

    Scheme Save(SchemeId id, params SchemeElement[] elements)
    {
        var old = _table.Tenant.Schemes.GetValueOrDefault(id) ?? new Scheme(id);
        var saved = old.With(new SchemeVersion(old.LastVersion + 1, Graph(elements), "admin", _table.Now));
        _table.Tenant = _table.Tenant with { Schemes = _table.Tenant.Schemes.SetItem(id, saved) };
        return saved;
    }

    void Delete(SchemeId id) => _table.Tenant = Tenant.Apply(_table.Tenant, new TenantEvent.SchemeDeleted(id, _table.Now));

    static JumpElement Jump(string id, SchemeId to) => new() { Id = new(id), Scheme = to };
}
