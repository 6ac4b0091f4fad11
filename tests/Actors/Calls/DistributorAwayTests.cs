using System.Threading.Channels;
using TeleCube.Actors.Queues;
using TeleCube.Kernel.Actors;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>A call in a queue whose distributor refuses everything, as it does while it cannot read its journal: the caller is not forgotten.</summary>
public sealed class DistributorAwayTests
{
    [Fact]
    public async Task What_was_refused_is_said_again_and_the_longest_wait_holds_all_the_same()
    {
        var table = new CallTable();
        var queue = new Queue(QueueSpec.Number) { Consultants = [new(QueueSpec.Anna)], MaxWait = TimeSpan.FromSeconds(15) };
        table.Tenant = table.Tenant with { Queues = table.Tenant.Queues.SetItem(queue.Number, queue) };
        var heard = Channel.CreateUnbounded<DistributorCommand>();
        await using var house = new CallHouse(table);
        house.Region.Register(DistributorEntity.Kind, _ => Props.Create(() => new Refusing(heard.Writer)));

        house.Dial("1000");
        var answer = await house.Responds(200);
        house.FromCaller(answer, "ACK", 1);
        var joined = Assert.IsType<DistributorCommand.Join>(await Next(heard));
        var again = Next(heard);
        await house.Clock.PassUntil(again, TimeSpan.FromSeconds(12));
        Assert.Equal(joined, await again);

        var left = Next(heard);
        await house.Clock.PassUntil(left, TimeSpan.FromSeconds(60));
        while (await left is DistributorCommand.Join) await house.Clock.PassUntil(left = Next(heard), TimeSpan.FromSeconds(60));
        Assert.Equal(QueueExit.Timeout, Assert.IsType<DistributorCommand.Leave>(await left).Why);
        await house.Sends("BYE");
    }

    static async Task<DistributorCommand> Next(Channel<DistributorCommand> heard) => await heard.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    sealed class Refusing(ChannelWriter<DistributorCommand> heard) : Actor
    {
        protected override void Receive(object message)
        {
            if (message is DistributorCommand command) heard.TryWrite(command);
            Reply(KernelRejections.StorageUnavailable("the journal cannot be read"));
        }
    }
}
