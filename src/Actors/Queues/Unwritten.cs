using TeleCube.Actors.Queues.Deciding;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Queues;

/// <summary>What the store did not take: the commands, and the turn that they came to if nobody knows whether it did.</summary>
sealed record Unwritten(IReadOnlyList<DistributorCommand> Commands, DistributorTurn? InDoubt)
{
    /// <summary>
    /// Null: it will never be written, since another has the company's journal. Once in doubt, a turn stays so until it is written.
    /// </summary>
    public static Unwritten? Of(AppendStatus why, IReadOnlyList<DistributorCommand> commands, DistributorTurn turn, bool wasInDoubt) => why switch
    {
        AppendStatus.Unknown => new Unwritten(commands, turn),
        AppendStatus.Unavailable when wasInDoubt => new Unwritten(commands, turn),
        AppendStatus.Unavailable => new Unwritten([.. commands.Where(one => one.IsOfCalls)], null), // people have been refused
        _ => null,
    };
}
