using static TeleCube.Actors.Queues.DistributorCommand;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>
/// The call distributor's rules: what a command comes to, then what is due by time or set-up, then who is rung for whom. Pure: time, phones
/// and set-up come in. A repeat changes nothing, a late word about what is over neither.
/// </summary>
public static class DistributorDecider
{
    /// <summary>
    /// What several commands come to that have waited for each other: who is rung for whom is decided once, after the last.
    /// </summary>
    public static DistributorTurn Decide(DistributorState state, IEnumerable<DistributorCommand> commands, IQueueWorld world, DateTimeOffset now)
    {
        var turn = new DistributorTurn(state, world, now);
        foreach (var command in commands) Take(turn, command);
        Talking.EndWrapUps(turn);
        if (!world.IsKnown) return turn;
        Consultants.Tidy(turn);
        Waiting.SendOut(turn);
        CallBacks.GiveUp(turn);
        Choosing.Assign(turn);
        return turn;
    }

    public static DistributorTurn Decide(DistributorState state, DistributorCommand command, IQueueWorld world, DateTimeOffset now) =>
        Decide(state, [command], world, now);

    static void Take(DistributorTurn turn, DistributorCommand command)
    {
        switch (command)
        {
            case Join join: Waiting.Join(turn, join); break;
            case Leave leave: Waiting.Leave(turn, leave); break;
            case Declined declined: Offering.Declined(turn, declined); break;
            case OfferFailed failed: Offering.Failed(turn, failed); break;
            case Answered answered: Talking.Answered(turn, answered); break;
            case TalkEnded ended: Talking.Ended(turn, ended); break;
            case AskCallBack asked: CallBacks.Asked(turn, asked); break;
            case CallBackFailed failed: CallBacks.Failed(turn, failed); break;
            case StillRings still when turn.Find(still.Ticket) is null: Waiting.WithoutPlace(turn, still.Ticket); break;
            case LogIn login: Consultants.LogIn(turn, login); break;
            case LogOut logout: Consultants.LogOut(turn, logout); break;
            case Pause pause: Consultants.Pause(turn, pause); break;
            case Unpause unpause: Consultants.Unpause(turn, unpause); break;
        }
    }
}
