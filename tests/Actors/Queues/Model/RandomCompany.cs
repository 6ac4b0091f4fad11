using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Tests.Queues.Model;

/// <summary>Two or three queues that share five consultants, each queue with rules of its own.</summary>
static class RandomCompany
{
    public static readonly ConsultantId[] Everybody = [.. QueueTable.Ids("10", "11", "12", "13"), ConsultantId.Of(new ExternalNumberId("boss"))];

    static readonly ExtensionNumber[] _numbers = [QueueTable.Sales, QueueTable.Service, ExtensionNumber.Parse("300")];

    public static QueueTestWorld Make(Random random)
    {
        var world = new QueueTestWorld();
        foreach (var number in _numbers.Take(random.Next(1, 4))) world.Queues[number] = Queue(number, random);
        return world;
    }

    static Queue Queue(ExtensionNumber number, Random random) => new(number)
    {
        // The first has every skill, so that nobody waits for what does not exist.
        Consultants = [.. random.GetItems(Everybody, random.Next(1, 6)).Distinct().Select((id, i) => new LinkedConsultant(id)
        {
            Skills = i == 0 || random.Next(2) == 0 ? ["fr"] : [],
            Priority = random.Next(4),
        })],
        Strategy = random.GetItems(Enum.GetValues<QueueStrategy>(), 1)[0],
        Weight = random.Next(3),
        RingFor = TimeSpan.FromSeconds(random.Next(5, 30)),
        RetryPause = TimeSpan.FromSeconds(random.Next(0, 15)),
        WrapUp = TimeSpan.FromSeconds(random.Next(3) == 0 ? 20 : 0),
        MaxWait = TimeSpan.FromSeconds(random.Next(3) == 0 ? 90 : 0),
        MaxLength = random.Next(4) == 0 ? 4 : 0,
        WhenEmpty = random.GetItems(Enum.GetValues<EmptyQueue>(), 1)[0],
        PauseAfterMisses = random.Next(3) == 0 ? 2 : 0,
    };
}
