using TeleCube.Actors.Announcements;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Tests.Schemes;
using TeleCube.Tests.Support;
using static TeleCube.Actors.Tests.Tenants.TenantSpec;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>PRODUCT §5: queues and who may be linked to them.</summary>
public sealed class QueueRulesTests
{
    static readonly ExtensionNumber _number = ExtensionNumber.Parse("1000");
    static readonly ExternalNumber _anna = new(new("anna"), E164.Parse("+48501234567"));
    static readonly ExternalNumber _bank = new(new("bank"), E164.Parse("+48501234568")) { DtmfSequence = DtmfSequence.TryParse("12#", out var keys) ? keys : null };
    static readonly Queue _queue = new(_number) { Name = "Obsługa", Consultants = [new(ConsultantId.Of(Ten)), new(ConsultantId.Of(_anna.Id)) { PressOne = true }] };

    [Fact]
    public void A_new_queue_has_its_version() => Given()
        .When(new TenantCommand.CreateQueue(_queue)).Then(new TenantEvent.QueueSaved(_queue)).ThenState(tenant => tenant.Queues[_number].Version == tenant.Revision);

    [Theory]
    [InlineData("118", Refusals.NumberReserved)]
    [InlineData("200", Refusals.NumberTaken)]
    [InlineData("100", Refusals.NumberTaken)]
    [InlineData("10", Refusals.NumberTaken)]
    [InlineData("1000", Refusals.QueueExists)]
    public void Its_number_is_free_in_the_space_that_all_share(string number, string code) => Given(new TenantEvent.QueueSaved(_queue))
        .When(new TenantCommand.CreateQueue(new(ExtensionNumber.Parse(number)) { Name = "x" })).ThenRejected(code);

    [Fact]
    public void Neither_an_extension_nor_a_group_takes_its_number()
    {
        var given = Given(new TenantEvent.QueueSaved(_queue));
        given.When(new TenantCommand.CreateExtension(new Extension(_number))).ThenRejected(Refusals.NumberTaken);
        given.When(new TenantCommand.CreateRingGroup(new RingGroup(_number) { Members = [Ten] })).ThenRejected(Refusals.NumberTaken);
    }

    [Fact]
    public void It_has_three_or_four_digits() => Assert.Equal(["number"], Faults(_queue with { Number = ExtensionNumber.Parse("20") }));

    public static TheoryData<string, string> Wrong { get; } = Rows();

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Each_setting_has_its_bounds_and_its_fault(string field, string what)
    {
        var wrong = Changed(what);
        Assert.Equal([field], Faults(wrong));
        Given().When(new TenantCommand.CreateQueue(wrong)).ThenRejected(Refusals.InvalidValue);
    }

    static Queue Changed(string what) => what switch
    {
        "stranger" => With(new LinkedConsultant(ConsultantId.Parse("77"))),
        "unknown" => With(new LinkedConsultant(ConsultantId.Parse("external:nobody"))),
        "twice" => With(new(ConsultantId.Of(Ten)), new(ConsultantId.Of(Ten))),
        "inside" => With(new LinkedConsultant(ConsultantId.Of(Ten)) { PressOne = true }),
        "keys" => With(new LinkedConsultant(ConsultantId.Of(_bank.Id)) { PressOne = true }),
        "skill" => With(new LinkedConsultant(ConsultantId.Of(Ten)) { Skills = ["english", " "] }),
        "priority" => With(new LinkedConsultant(ConsultantId.Of(Ten)) { Priority = 101 }),
        "welcome" => _queue with { Welcome = new SoundId("gone") },
        "periodic" => _queue with { Periodic = SoundId.OfPrompt("gone") },
        "music" => _queue with { Music = new SoundId("gone") },
        "name" => _queue with { Name = new string('x', 101) },
        "announce" => _queue with { AnnounceEvery = TimeSpan.FromSeconds(9) },
        "ring" => _queue with { RingFor = TimeSpan.FromSeconds(181) },
        "retry" => _queue with { RetryPause = TimeSpan.Zero },
        "wrap" => _queue with { WrapUp = TimeSpan.FromSeconds(3601) },
        "wait" => _queue with { MaxWait = TimeSpan.FromSeconds(4) },
        "length" => _queue with { MaxLength = -1 },
        "weight" => _queue with { Weight = 101 },
        "misses" => _queue with { PauseAfterMisses = -1 },
        "level" => _queue with { ServiceLevel = TimeSpan.FromHours(2) },
        "key" => _queue with { CallBackKey = 'a' },
        "keys-same" => _queue with { CallBackKey = '1', ExitKey = '1' },
        _ => throw new ArgumentException(what, nameof(what)),
    };

    static TheoryData<string, string> Rows() => new()
    {
        { "consultants[0].id", "stranger" }, { "consultants[0].id", "unknown" }, { "consultants[1].id", "twice" }, { "consultants[0].pressOne", "inside" },
        { "consultants[0].pressOne", "keys" }, { "consultants[0].skills[1]", "skill" }, { "consultants[0].priority", "priority" }, { "welcome", "welcome" },
        { "periodic", "periodic" }, { "music", "music" }, { "name", "name" }, { "announceEverySeconds", "announce" }, { "ringSeconds", "ring" },
        { "retryPauseSeconds", "retry" }, { "wrapUpSeconds", "wrap" }, { "maxWaitSeconds", "wait" }, { "maxLength", "length" }, { "weight", "weight" },
        { "pauseAfterMisses", "misses" }, { "serviceLevelSeconds", "level" }, { "callBackKey", "key" }, { "exitKey", "keys-same" },
    };

    [Fact]
    public void Saving_what_stands_there_is_nothing_and_a_stale_version_is_refused()
    {
        var given = Given(new TenantEvent.QueueSaved(_queue));
        given.When(new TenantCommand.UpdateQueue(_queue with { Consultants = [.. _queue.Consultants] })).Then();
        given.When(new TenantCommand.UpdateQueue(_queue with { Name = "Inna" }, IfMatch: 1)).ThenRejected(Refusals.StaleVersion);
        given.When(new TenantCommand.UpdateQueue(_queue with { Name = "Inna" })).ThenState(tenant => tenant.Queues[_number].Name == "Inna");
        given.When(new TenantCommand.UpdateQueue(_queue with { Number = ExtensionNumber.Parse("1001") })).ThenRejected(Refusals.NoSuchQueue);
    }

    [Fact]
    public void It_is_not_deleted_while_something_leads_to_it()
    {
        var given = Given(new TenantEvent.QueueSaved(_queue));
        given.Given(new TenantEvent.PhoneNumbersSaved([new PhoneNumber(Landline) { ForwardTo = new ForwardTarget.ToQueue(_number) }]))
            .When(new TenantCommand.DeleteQueue(_number)).ThenRejected(Refusals.QueueInUse);
        given.Given(new TenantEvent.ExtensionSaved(new Extension(Eleven) { Forwards = new(NoAnswer: Dialled("1000")) }))
            .When(new TenantCommand.DeleteQueue(_number)).ThenRejected(Refusals.QueueInUse);
        var scheme = SchemeTable.Graph(new QueueElement { Id = new("q"), Queue = _number });
        given.Given(new TenantEvent.SchemeVersionSaved(new("infoline"), new SchemeVersion(1, scheme, "admin", Now)))
            .When(new TenantCommand.DeleteQueue(_number)).ThenRejected(Refusals.QueueInUse);
        given.When(new TenantCommand.DeleteQueue(_number)).Then(new TenantEvent.QueueDeleted(_number));
    }

    [Fact]
    public void The_last_consultant_with_a_skill_stays_as_long_as_a_scheme_sends_callers_there_for_it()
    {
        var able = With(new LinkedConsultant(ConsultantId.Of(Ten)) { Skills = ["english"] }, new(ConsultantId.Of(_anna.Id)) { Skills = ["english", "french"] });
        var scheme = SchemeTable.Graph(new QueueElement { Id = new("q"), Queue = _number, Skill = "english" });
        var given = Given(new TenantEvent.QueueSaved(able), new TenantEvent.SchemeVersionSaved(new("infoline"), new SchemeVersion(1, scheme, "admin", Now)));
        given.When(new TenantCommand.UpdateQueue(With(new LinkedConsultant(ConsultantId.Of(Ten)) { Skills = ["french"] }))).ThenRejected(Refusals.QueueInUse);
        given.When(new TenantCommand.UpdateQueue(With(new LinkedConsultant(ConsultantId.Of(Ten)) { Skills = ["english"] }))).ThenState(tenant => tenant.Queues[_number].Consultants.Length == 1);
        var stranded = given.Given(new TenantEvent.QueueSaved(With(new LinkedConsultant(ConsultantId.Of(Ten)))));
        stranded.When(new TenantCommand.UpdateQueue(With(new LinkedConsultant(ConsultantId.Of(Ten))) with { Name = "Inna" })) // it was so before: this edit does no harm
            .ThenState(tenant => tenant.Queues[_number].Name == "Inna");
    }

    [Fact]
    public void Nothing_that_it_uses_is_deleted()
    {
        var music = new Announcement(new("music")) { Name = "Muzyka" };
        var given = Given(new TenantEvent.AnnouncementSaved(music), new TenantEvent.QueueSaved(_queue with { Music = SoundId.Of(music.Id) }));
        given.When(new TenantCommand.DeleteExtension(Ten)).ThenRejected(Refusals.ExtensionInUse);
        given.When(new TenantCommand.DeleteExternalNumber(_anna.Id)).ThenRejected(Refusals.ExternalNumberInUse);
        given.When(new TenantCommand.DeleteAnnouncement(music.Id)).ThenRejected(Refusals.AnnouncementInUse);
    }

    [Fact]
    public void A_number_that_is_asked_to_press_1_gets_no_keys() => Given(new TenantEvent.QueueSaved(_queue))
        .When(new TenantCommand.UpdateExternalNumber(_anna with { DtmfSequence = _bank.DtmfSequence }, null, "admin")).ThenRejected(Refusals.AskedToPressOne);

    [Fact]
    public void Numbers_and_forwards_lead_to_it_only_while_it_is_there()
    {
        var rows = new TenantCommand.SavePhoneNumbers([new PhoneNumberRow(Landline, "", "", new ForwardTarget.ToQueue(_number))]);
        Given().When(rows).ThenRejected(Refusals.NoSuchTarget);
        Given(new TenantEvent.QueueSaved(_queue)).When(rows).ThenState(tenant => tenant.PhoneNumbers[Landline].ForwardTo == new ForwardTarget.ToQueue(_number));
        Given(new TenantEvent.QueueSaved(_queue)).When(new TenantCommand.SetForward(Ten, ForwardCase.Busy, Dialled("1000"))).ThenState(tenant => tenant.Extensions[Ten].Forwards.Busy == Dialled("1000"));
    }

    static Queue With(params LinkedConsultant[] consultants) => _queue with { Consultants = [.. consultants] };

    static IEnumerable<string> Faults(Queue queue) =>
        QueueFaults.Of(queue, Given().When(new TenantCommand.DeleteExtension(ExtensionNumber.Parse("100"))).After).Select(fault => fault.Field);

    static Spec<TenantState, TenantCommand, TenantEvent> Given(params TenantEvent[] more) => Company().Given(
    [
        new TenantEvent.ExtensionSaved(new Extension(ExtensionNumber.Parse("100"))),
        new TenantEvent.RingGroupSaved(new RingGroup(ExtensionNumber.Parse("200")) { Members = [Eleven] }),
        new TenantEvent.ExternalNumberSaved(_anna), new TenantEvent.ExternalNumberSaved(_bank), .. more,
    ]);
}
