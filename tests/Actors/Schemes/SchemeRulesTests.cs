using System.Collections.Immutable;
using System.Text.Json;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Tests.Tenants;
using TeleCube.Actors.Text;
using TeleCube.Kernel.Persistence;
using TeleCube.Tests.Support;
using static TeleCube.Actors.Tests.Schemes.SchemeTable;
using static TeleCube.Actors.Tests.Tenants.TenantSpec;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>Moje centralki: versions, drafts, numbers, and what may be deleted.</summary>
public sealed class SchemeRulesTests
{
    static readonly SchemeId _infoline = new("infoline");
    static readonly SchemeId _night = new("night");
    static readonly SchemeGraph _good = Graph(Extension("sales", "10"));
    static readonly SchemeGraph _bad = Graph(Extension("sales", "99"));
    static readonly SchemeGraph _large = Graph([.. Enumerable.Range(0, 200).Select(i => Hangup($"e{i}"))]);
    static readonly ImmutableArray<E164> _landline = [TenantSpec.Landline];

    [Fact]
    public void A_scheme_that_lints_is_version_one() => Company().When(new TenantCommand.CreateScheme(_infoline, "Infolinia", "", _good, "admin"))
        .ThenState(tenant => tenant.Schemes[_infoline] is { Name: "Infolinia", Current: 1, Draft: null } scheme && scheme.Versions[1] is { By: "admin" } version && version.At == Now);

    [Fact]
    public void One_with_faults_is_a_draft_by_which_no_call_goes() => Company().When(new TenantCommand.CreateScheme(_infoline, "Infolinia", "", _bad, "admin"))
        .ThenState(tenant => tenant.Schemes[_infoline] is { Current: 0, Draft: not null, CurrentGraph: null });

    [Fact]
    public void A_draft_leaves_the_current_version_in_force() => Saved(_infoline, _good).When(new TenantCommand.SaveScheme(_infoline, "Infolinia", "", _bad, "admin"))
        .ThenState(tenant => tenant.Schemes[_infoline] is { Current: 1, Draft: not null, Versions.Count: 1 });

    [Fact]
    public void Each_save_makes_a_version_and_the_old_ones_stay() => Saved(_infoline, _good)
        .When(new TenantCommand.SaveScheme(_infoline, "Infolinia", "", Graph(Extension("sales", "11")), "anna"))
        .ThenState(tenant => tenant.Schemes[_infoline] is { Current: 2, Versions.Count: 2 } scheme && scheme.Versions[1].Graph == _good);

    [Fact]
    public void Saving_what_is_there_does_nothing() => Saved(_infoline, _good)
        .When(new TenantCommand.SaveScheme(_infoline, "Infolinia", "", Graph(Extension("sales", "10")), "anna")).Then();

    [Fact]
    public void A_draft_that_has_become_right_is_a_version_when_it_is_saved_again() => Saved(_infoline, _good)
        .Given(new TenantEvent.SchemeDraftSaved(_infoline, _bad), new TenantEvent.ExtensionSaved(new Extension(ExtensionNumber.Parse("99"))))
        .When(new TenantCommand.SaveScheme(_infoline, "Infolinia", "", _bad, "admin"))
        .ThenState(tenant => tenant.Schemes[_infoline] is { Current: 2, Draft: null });

    [Fact]
    public void A_name_alone_makes_no_version() => Saved(_infoline, _good).When(new TenantCommand.SaveScheme(_infoline, "Biuro", "nowa", null, "anna"))
        .Then(new TenantEvent.SchemeNamed(_infoline, "Biuro", "nowa"));

    [Fact]
    public void An_old_version_is_restored_as_the_next_one() => Saved(_infoline, _good)
        .Given(new TenantEvent.SchemeVersionSaved(_infoline, new SchemeVersion(2, Graph(Hangup()), "anna", Now)))
        .When(new TenantCommand.RestoreScheme(_infoline, 1, "admin"))
        .ThenState(tenant => tenant.Schemes[_infoline] is { Current: 3 } scheme && scheme.CurrentGraph == _good);

    [Fact]
    public void One_whose_extension_is_gone_is_restored_as_a_draft() => Saved(_infoline, _good)
        .Given(new TenantEvent.SchemeVersionSaved(_infoline, new SchemeVersion(2, Graph(Hangup()), "anna", Now)), new TenantEvent.ExtensionDeleted(Ten))
        .When(new TenantCommand.RestoreScheme(_infoline, 1, "admin"))
        .ThenState(tenant => tenant.Schemes[_infoline] is { Current: 2, Draft: not null });

    [Fact]
    public void A_version_that_is_not_there_is_not_restored() =>
        Saved(_infoline, _good).When(new TenantCommand.RestoreScheme(_infoline, 7, "admin")).ThenRejected(Refusals.NoSuchVersion);

    [Fact]
    public void A_stale_save_is_refused() =>
        Saved(_infoline, _good).When(new TenantCommand.SaveScheme(_infoline, "Infolinia", "", _bad, "admin", IfMatch: 1)).ThenRejected(Refusals.StaleVersion);

    [Fact]
    public void Numbers_are_bound_and_let_go_together()
    {
        var bound = Saved(_infoline, _good).When(new TenantCommand.BindNumbers(_infoline, _landline, ConfirmReplace: false));
        bound.ThenState(tenant => tenant.PhoneNumbers[TenantSpec.Landline].ForwardTo == new ForwardTarget.ToScheme(_infoline));
        Saved(_infoline, _good).Given(Leads(TenantSpec.Landline, new ForwardTarget.ToScheme(_infoline)))
            .When(new TenantCommand.BindNumbers(_infoline, [TenantSpec.ReceiveOnly], ConfirmReplace: false))
            .ThenState(tenant => tenant.PhoneNumbers[TenantSpec.Landline].ForwardTo is null && tenant.PhoneNumbers[TenantSpec.ReceiveOnly].ForwardTo is ForwardTarget.ToScheme);
    }

    [Fact]
    public void A_number_that_leads_elsewhere_is_taken_only_when_confirmed()
    {
        var company = Saved(_infoline, _good).Given(Leads(TenantSpec.Landline, new ForwardTarget.ToExtension(Eleven)));
        company.When(new TenantCommand.BindNumbers(_infoline, _landline, ConfirmReplace: false)).ThenRejected(Refusals.NumberLeadsElsewhere);
        company.When(new TenantCommand.BindNumbers(_infoline, _landline, ConfirmReplace: true))
            .ThenState(tenant => tenant.PhoneNumbers[TenantSpec.Landline].ForwardTo is ForwardTarget.ToScheme);
    }

    [Fact]
    public void The_refusal_names_the_target_that_would_be_replaced()
    {
        var tenant = Saved(_infoline, _good).Given(Leads(TenantSpec.Landline, new ForwardTarget.ToExtension(Eleven)))
            .When(new TenantCommand.DropNumber(Stranger)).After;
        var refused = Tenant.Decide(tenant, new TenantCommand.BindNumbers(_infoline, _landline, false), new TenantContext(Now, NumberingPlan.Embedded)).Rejection;
        Assert.Equal("+48943401128 leads to extension 11", refused?.Detail);
    }

    [Fact]
    public void Of_several_numbers_all_are_bound_or_none() =>
        Saved(_infoline, _good).When(new TenantCommand.BindNumbers(_infoline, [TenantSpec.Landline, Stranger], ConfirmReplace: true)).ThenRejected(Refusals.NoSuchPhoneNumber);

    [Fact]
    public void A_draft_is_never_bound()
    {
        var company = Company().Given(new TenantEvent.SchemeNamed(_infoline, "x", ""), new TenantEvent.SchemeDraftSaved(_infoline, _bad));
        company.When(new TenantCommand.BindNumbers(_infoline, _landline, ConfirmReplace: true)).ThenRejected(Refusals.SchemeNotUsable);
        company.When(new TenantCommand.SavePhoneNumbers([new(TenantSpec.Landline, "", "", new ForwardTarget.ToScheme(_infoline))])).ThenRejected(Refusals.NoSuchTarget);
    }

    [Fact]
    public void A_scheme_is_not_deleted_while_a_number_or_another_scheme_leads_to_it()
    {
        Saved(_infoline, _good).Given(Leads(TenantSpec.Landline, new ForwardTarget.ToScheme(_infoline))).When(new TenantCommand.DeleteScheme(_infoline)).ThenRejected(Refusals.SchemeInUse);
        var jump = Graph(new JumpElement { Id = new("go"), Scheme = _infoline });
        Saved(_infoline, _good).Given(Version(_night, jump)).When(new TenantCommand.DeleteScheme(_infoline)).ThenRejected(Refusals.SchemeInUse);
        Saved(_infoline, _good).When(new TenantCommand.DeleteScheme(_infoline)).Then(new TenantEvent.SchemeDeleted(_infoline, Now));
    }

    [Fact]
    public void What_a_current_version_needs_is_not_deleted()
    {
        Saved(_infoline, _good).When(new TenantCommand.DeleteExtension(Ten)).ThenRejected(Refusals.ExtensionInUse);
        var welcome = new Announcement(new("welcome"));
        Saved(_infoline, Graph(SchemeTable.Announcement("a", "end") with { Sound = SoundId.Of(welcome.Id) }, Hangup())).Given(new TenantEvent.AnnouncementSaved(welcome))
            .When(new TenantCommand.DeleteAnnouncement(welcome.Id)).ThenRejected(Refusals.AnnouncementInUse);
        var outside = new ExternalNumber(new("n1"), Stranger);
        Saved(_infoline, Graph(new ExternalNumberElement { Id = new("out"), Number = outside.Id })).Given(new TenantEvent.ExternalNumberSaved(outside))
            .When(new TenantCommand.DeleteExternalNumber(outside.Id)).ThenRejected(Refusals.ExternalNumberInUse);
        var hours = new TimeConditionElement { Id = new("h"), Periods = [Period("night") with { Switch = new(new("s"), true) }] };
        Saved(_infoline, Graph(hours)).Given(new TenantEvent.SwitchSaved(new ManualSwitch(new("s")))).When(new TenantCommand.DeleteSwitch(new("s"))).ThenRejected(Refusals.SwitchInUse);
    }

    [Fact]
    public void What_only_an_old_version_needs_may_go() => Saved(_infoline, _good)
        .Given(new TenantEvent.SchemeVersionSaved(_infoline, new SchemeVersion(2, Graph(Hangup()), "anna", Now)))
        .When(new TenantCommand.DeleteExtension(Ten)).Then(new TenantEvent.ExtensionDeleted(Ten));

    [Fact]
    public void The_oldest_versions_go_to_the_archive_when_no_call_can_go_by_them()
    {
        var scheme = Enumerable.Range(1, 30).Aggregate(new Scheme(_infoline), (scheme, number) => scheme.With(new SchemeVersion(number, _large, "admin", Now.AddDays(2 * number))));
        Assert.Equal((20, 11, 30, 30), (scheme.Versions.Count, scheme.Versions.Keys.First(), scheme.Current, scheme.LastVersion));
        Assert.Equal(Enumerable.Range(1, 10), scheme.Archived.Keys);
        Assert.Equal(new ArchivedVersion(10, 200, "admin", Now.AddDays(20)), scheme.Archived[10]);
    }

    [Fact]
    public void None_goes_while_a_call_may_go_by_it()
    {
        var scheme = Enumerable.Range(1, 30).Aggregate(new Scheme(_infoline), (scheme, number) => scheme.With(new SchemeVersion(number, _large, "admin", Now.AddMinutes(number))));
        Assert.Equal((30, 0), (scheme.Versions.Count, scheme.Archived.Count));
        var full = Company().Given(new TenantEvent.SchemeNamed(_infoline, "x", ""))
            .Given([.. Enumerable.Range(1, 100).Select(number => new TenantEvent.SchemeVersionSaved(_infoline, new SchemeVersion(number, _large, "admin", Now)))]);
        full.When(new TenantCommand.SaveScheme(_infoline, "x", "", _good, "admin")).ThenRejected(Refusals.TooManyVersions);
        full = Company().Given(new TenantEvent.SchemeNamed(_infoline, "x", ""))
            .Given([.. Enumerable.Range(1, 100).Select(number => new TenantEvent.SchemeVersionSaved(_infoline, new SchemeVersion(number, _large, "admin", Now.AddHours(-26))))]);
        full.When(new TenantCommand.SaveScheme(_infoline, "x", "", _good, "admin")) // a day later
            .ThenState(tenant => tenant.Schemes[_infoline] is { Versions.Count: < 30, Archived.Count: > 70, Current: 101 });
    }

    [Fact]
    public void An_archived_version_is_restored_from_its_row()
    {
        var company = Company().Given(new TenantEvent.SchemeNamed(_infoline, "x", ""))
            .Given([.. Enumerable.Range(1, 22).Select(number => new TenantEvent.SchemeVersionSaved(_infoline, new SchemeVersion(number, number == 1 ? _good : _large, "admin", Now.AddDays(2 * number))))]);
        company.When(new TenantCommand.RestoreScheme(_infoline, 1, "admin")).ThenRejected(Refusals.NoSuchVersion);
        company.When(new TenantCommand.RestoreScheme(_infoline, 1, "admin", null, _good)).ThenState(tenant => tenant.Schemes[_infoline] is { Current: 23 } scheme && scheme.CurrentGraph == _good);
        company.When(new TenantCommand.RestoreScheme(_infoline, 99, "admin", null, _good)).ThenRejected(Refusals.NoSuchVersion);
    }

    [Fact]
    public void What_goes_to_the_archive_is_written_there_in_the_same_commit()
    {
        var before = Company().Given([.. Enumerable.Range(1, 20).Select(number => new TenantEvent.SchemeVersionSaved(_infoline, new SchemeVersion(number, _large, "admin", Now.AddDays(2 * number))))])
            .When(new TenantCommand.DropNumber(Stranger)).After;
        var saved = new TenantEvent.SchemeVersionSaved(_infoline, new SchemeVersion(21, _good, "admin", Now.AddDays(90)));
        var after = Tenant.Apply(before, saved);
        var row = Assert.IsType<StoreWrite.Upsert>(Assert.Single(SchemeArchive.Writes(before, saved, after)));
        Assert.Equal(("scheme-versions", "infoline/1"), (row.Model, row.Id));
        var deleted = new TenantEvent.SchemeDeleted(_infoline, Now.AddDays(91));
        Assert.Equal("infoline/1", Assert.IsType<StoreWrite.Delete>(Assert.Single(SchemeArchive.Writes(after, deleted, Tenant.Apply(after, deleted)))).Id);
    }

    [Fact]
    public void A_deleted_scheme_still_leads_the_calls_that_are_in_it_for_as_long_as_a_call_lasts()
    {
        var at = new SchemePosition(_infoline, 1, new("sales"), new CallerId("600100200", null, Hidden: false));
        var gone = Saved(_infoline, _good).Given(new TenantEvent.SchemeDeleted(_infoline, Now));
        gone.When(new TenantCommand.CreateScheme(_infoline, "x", "", Graph(Hangup()), "admin"))
            .ThenState(tenant => at.GraphOf(tenant) == _good && tenant.Schemes[_infoline].Current == 2);
        gone.Given(Version(_infoline, Graph(Hangup())) with { Version = new SchemeVersion(2, Graph(Hangup()), "admin", Now) }, new TenantEvent.SchemeDeleted(_infoline, Now.AddHours(1)))
            .When(new TenantCommand.DropNumber(Stranger)).ThenState(tenant => at.GraphOf(tenant) == _good && (at with { Version = 2 }).GraphOf(tenant) is { });
        gone.Given(new TenantEvent.SchemeNamed(_night, "y", ""), new TenantEvent.SchemeVersionSaved(_night, new SchemeVersion(1, _good, "admin", Now.AddHours(26))))
            .When(new TenantCommand.DropNumber(Stranger)).ThenState(tenant => at.GraphOf(tenant) is null && tenant.RetiredSchemes.IsEmpty);
    }

    [Fact]
    public void A_deletion_of_before_there_was_a_time_is_read()
    {
        var old = JsonSerializer.Deserialize("""{"id":"infoline"}""", DomainJson.Default.SchemeDeleted)!;
        Saved(_infoline, _good).Given(old).When(new TenantCommand.CreateScheme(_infoline, "x", "", _good, "admin"))
            .ThenState(tenant => tenant.Schemes[_infoline].Current == 1 && tenant.RetiredSchemes.IsEmpty);
    }

    [Fact]
    public void Deleted_schemes_count_for_a_day()
    {
        TenantEvent[] Gone(DateTimeOffset at) => [.. Enumerable.Range(0, 50).SelectMany(i => (TenantEvent[])
            [new TenantEvent.SchemeNamed(new($"s{i}"), "x", ""), Version(new($"s{i}"), _good), new TenantEvent.SchemeDeleted(new($"s{i}"), at)])];
        var create = new TenantCommand.CreateScheme(_infoline, "x", "", _good, "admin");
        Company().Given(Gone(Now)).When(create).ThenRejected(Refusals.TooManySchemes);
        Company().Given(Gone(Now.AddHours(-26))).When(create).ThenState(tenant => tenant.Schemes[_infoline].Current == 1);
    }

    [Fact]
    public void There_may_be_so_many_schemes() => Company()
        .Given([.. Enumerable.Range(0, 50).Select(i => new TenantEvent.SchemeNamed(new($"s{i}"), "x", ""))])
        .When(new TenantCommand.CreateScheme(_infoline, "x", "", null, "admin")).ThenRejected(Refusals.TooManySchemes);

    [Fact]
    public void A_switch_is_set_turned_over_and_has_its_code_alone()
    {
        var day = new ManualSwitch(new("day")) { Name = "Dzień", Code = "" };
        var company = Company().Given(new TenantEvent.SwitchSaved(day));
        company.When(new TenantCommand.SetSwitch(day.Id, null)).ThenState(tenant => tenant.Switches[day.Id].On);
        company.When(new TenantCommand.SetSwitch(day.Id, false)).Then();
        company.When(new TenantCommand.CreateSwitch(new ManualSwitch(new("other")) { Code = "" })).ThenRejected(Refusals.SwitchCodeTaken);
        company.When(new TenantCommand.CreateSwitch(new ManualSwitch(new("other")) { Code = "1" })).ThenState(tenant => tenant.Switches.Count == 2);
        company.When(new TenantCommand.UpdateSwitch(day.Id, "Noc", null)).ThenState(tenant => tenant.Switches[day.Id] is { Name: "Noc", Code: null, On: false });
    }

    static Spec<TenantState, TenantCommand, TenantEvent> Saved(SchemeId id, SchemeGraph graph) =>
        Company().Given(new TenantEvent.SchemeNamed(id, "Infolinia", ""), Version(id, graph));

    static TenantEvent.SchemeVersionSaved Version(SchemeId id, SchemeGraph graph) => new(id, new SchemeVersion(1, graph, "admin", Now));

    static TenantEvent.PhoneNumbersSaved Leads(E164 number, ForwardTarget target) => new([new PhoneNumber(number) { ForwardTo = target }]);
}
