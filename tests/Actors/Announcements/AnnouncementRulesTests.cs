using TeleCube.Actors.Announcements;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Persistence;
using static TeleCube.Actors.Tests.Tenants.TenantSpec;

namespace TeleCube.Actors.Tests.Announcements;

public sealed class AnnouncementRulesTests
{
    static readonly Announcement _welcome = new(new("welcome"))
    {
        Name = "Powitanie",
        File = BlobName.Of("announcements", "firmaabcde", "1.wav"),
        Length = TimeSpan.FromSeconds(3),
    };

    static readonly TenantEvent _saved = new TenantEvent.AnnouncementSaved(_welcome);
    static readonly BlobName _other = BlobName.Of("announcements", "firmaabcde", "2.wav");

    [Fact]
    public void It_is_created_once()
    {
        Company().When(new TenantCommand.CreateAnnouncement(_welcome)).Then(_saved);
        Company().Given(_saved).When(new TenantCommand.CreateAnnouncement(_welcome)).ThenRejected(Refusals.AnnouncementExists);
    }

    [Fact]
    public void Its_words_change_without_its_audio() => Company().Given(_saved)
        .When(new TenantCommand.UpdateAnnouncement(_welcome.Id, "Nowa", "opis", "busy"))
        .Then(new TenantEvent.AnnouncementSaved(_welcome with { Name = "Nowa", Description = "opis", Replaces = "busy", Version = 6 }));

    [Fact]
    public void Its_audio_changes_without_its_words() => Company().Given(_saved)
        .When(new TenantCommand.ReplaceAnnouncementAudio(_welcome.Id, _other, TimeSpan.FromSeconds(9)))
        .Then(new TenantEvent.AnnouncementSaved(_welcome with { File = _other, Length = TimeSpan.FromSeconds(9), Version = 6 }));

    [Fact]
    public void A_change_must_have_seen_what_it_replaces()
    {
        Company().Given(_saved).When(new TenantCommand.UpdateAnnouncement(_welcome.Id, "x", "", null, IfMatch: 5)).ThenRejected(Refusals.StaleVersion);
        Company().Given(_saved).When(new TenantCommand.ReplaceAnnouncementAudio(_welcome.Id, _other, default, IfMatch: 5)).ThenRejected(Refusals.StaleVersion);
        Company().Given(_saved).When(new TenantCommand.DeleteAnnouncement(_welcome.Id, IfMatch: 5)).ThenRejected(Refusals.StaleVersion);
    }

    [Fact]
    public void What_changes_nothing_is_no_event() => Company().Given(_saved)
        .When(new TenantCommand.UpdateAnnouncement(_welcome.Id, _welcome.Name, "", null, IfMatch: 6)).Then();

    [Fact]
    public void One_that_is_not_there_is_not_changed()
    {
        Company().When(new TenantCommand.UpdateAnnouncement(_welcome.Id, "x", "", null)).ThenRejected(Refusals.NoSuchAnnouncement);
        Company().When(new TenantCommand.ReplaceAnnouncementAudio(_welcome.Id, _other, default)).ThenRejected(Refusals.NoSuchAnnouncement);
        Company().When(new TenantCommand.DeleteAnnouncement(_welcome.Id)).ThenRejected(Refusals.NoSuchAnnouncement);
    }

    [Fact]
    public void A_prompt_is_replaced_by_one_only()
    {
        var company = Company().Given(new TenantEvent.AnnouncementSaved(_welcome with { Replaces = "busy" }));
        company.When(new TenantCommand.CreateAnnouncement(_welcome with { Id = new("other"), Replaces = "busy" })).ThenRejected(Refusals.PromptReplaced);
        company.When(new TenantCommand.CreateAnnouncement(_welcome with { Id = new("other"), Replaces = "no-answer" }))
            .ThenState(tenant => tenant.Announcements.Count == 2);
    }

    [Fact]
    public void Only_a_prompt_that_there_is_can_be_replaced() => Company().Given(_saved)
        .When(new TenantCommand.UpdateAnnouncement(_welcome.Id, "x", "", "bussy")).ThenRejected(Refusals.NoSuchPrompt);

    [Fact]
    public void A_number_leads_to_it_and_then_it_stays()
    {
        var target = new ForwardTarget.ToAnnouncement(_welcome.Id);
        Company().When(new TenantCommand.SavePhoneNumbers([new(Landline, "", "", target)])).ThenRejected(Refusals.NoSuchTarget);
        Company().Given(_saved).When(new TenantCommand.SavePhoneNumbers([new(Landline, "", "", target)]))
            .ThenState(tenant => tenant.PhoneNumbers[Landline].ForwardTo == target);
        Company().Given(_saved, new TenantEvent.PhoneNumbersSaved([new PhoneNumber(Landline) { ForwardTo = target }]))
            .When(new TenantCommand.DeleteAnnouncement(_welcome.Id)).ThenRejected(Refusals.AnnouncementInUse);
        Company().Given(_saved).When(new TenantCommand.DeleteAnnouncement(_welcome.Id)).ThenState(tenant => tenant.Announcements.IsEmpty);
    }

    [Fact]
    public void It_may_be_the_music_on_hold_and_then_it_stays()
    {
        var settings = new TenantSettings { MusicOnHold = SoundId.Of(_welcome.Id) };
        Company().When(new TenantCommand.SaveSettings(settings)).ThenRejected(Refusals.InvalidValue);
        Company().Given(_saved).When(new TenantCommand.SaveSettings(settings)).Then(new TenantEvent.SettingsSaved(settings));
        Company().Given(_saved, new TenantEvent.SettingsSaved(settings)).When(new TenantCommand.DeleteAnnouncement(_welcome.Id)).ThenRejected(Refusals.AnnouncementInUse);
    }

    [Fact]
    public void A_tenant_has_a_bound()
    {
        var full = Enumerable.Range(0, 500).Select(TenantEvent (i) => new TenantEvent.AnnouncementSaved(_welcome with { Id = new($"a{i}") }));
        Company().Given([.. full]).When(new TenantCommand.CreateAnnouncement(_welcome)).ThenRejected(Refusals.TooManyAnnouncements);
    }
}
