using System.Collections.Immutable;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Tenants;
using TeleCube.Sip.Auth;
using TeleCube.Sip.Transactions;

namespace TeleCube.Actors.Tests.Wire.Queues;

/// <summary>
/// Two queues that share consultants, one of whom is a mobile that must press 1; 14 is linked to neither. A number leads to each queue.
/// </summary>
static class QueueCompany
{
    const string Password = "letmein";

    public const string Mobile = "mobile", MobileId = $"external:{Mobile}";

    public static readonly ImmutableArray<string> Phones = ["11", "12", "13", "14"];
    public static readonly ExternalNumber MobileNumber = new(new(Mobile), E164.Parse("+48501234567"));
    public static readonly ExtensionNumber Sales = ExtensionNumber.Parse("1000"), Help = ExtensionNumber.Parse("1001");

    public static E164 NumberOf(ExtensionNumber queue) => E164.Parse($"+4894340{queue}");

    public static ImmutableArray<ConsultantId> Consultants { get; } = [.. Phones.Append(MobileId).Select(one => ConsultantId.Parse(one))];

    public static TenantState Make(Random random)
    {
        Queue[] queues =
        [
            Queue(Sales, random) with { Consultants = [Link("11"), Link("12"), Link(MobileId) with { PressOne = true }], Weight = random.Next(2) },
            Queue(Help, random) with { Consultants = [Link("12"), Link("13")], MaxWait = TimeSpan.FromSeconds(random.Next(0, 3) * 90) },
        ];
        return new TenantState
        {
            Id = WireHouse.Company,
            Status = TenantStatus.Active,
            LoginPrefix = WireHouse.Company.Value,
            Tariff = WireHouse.Tariff,
            Extensions = Phones.Select(Extension).ToImmutableSortedDictionary(one => one.Number, one => one),
            ExternalNumbers = ImmutableSortedDictionary<ExternalNumberId, ExternalNumber>.Empty.Add(MobileNumber.Id, MobileNumber),
            Queues = queues.ToImmutableSortedDictionary(queue => queue.Number, queue => queue),
            PhoneNumbers = queues.Select(queue => new PhoneNumber(NumberOf(queue.Number)) { ForwardTo = new ForwardTarget.ToQueue(queue.Number) }).ToImmutableSortedDictionary(one => one.Number, one => one),
        };
    }

    /// <summary>The name by which a phone says who it is.</summary>
    public static string UserOf(string phone) => $"{WireHouse.Company}_{phone}";

    public static DigestClient PasswordOf(string phone) => new(UserOf(phone), Password, new SystemRandomSource());

    static Extension Extension(string phone) =>
        new(ExtensionNumber.Parse(phone)) { Credentials = SipCredentials.Of(UserOf(phone), new RegistrarOptions().Realm, Password) };

    static Queue Queue(ExtensionNumber number, Random random) => new(number)
    {
        Name = $"{number}",
        Strategy = (QueueStrategy)random.Next(6), // skills are shown elsewhere
        RingFor = TimeSpan.FromSeconds(random.Next(5, 25)),
        RetryPause = TimeSpan.FromSeconds(random.Next(0, 8)),
        WrapUp = TimeSpan.FromSeconds(random.Next(0, 2) * 10),
        WhenEmpty = random.Next(3) == 0 ? EmptyQueue.Leave : EmptyQueue.Wait,
        PauseAfterMisses = random.Next(4) == 0 ? 3 : 0,
        AnnouncesPosition = true,
        AnnounceEvery = TimeSpan.FromSeconds(random.Next(0, 2) * 20),
    };

    static LinkedConsultant Link(string id) => new(ConsultantId.Parse(id));
}
