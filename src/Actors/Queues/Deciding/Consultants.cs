using TeleCube.Actors.Numbers;
using static TeleCube.Actors.Queues.DistributorCommand;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>
/// Consultants come and go: linked ones are logged in until they log out of a queue, any other extension by its code (PRODUCT §5). A pause is
/// another matter. Who logs out while he talks, talks on.
/// </summary>
static class Consultants
{
    public static void LogIn(DistributorTurn turn, LogIn login)
    {
        if (Find(turn, login.Queue, login.Consultant) is not { } queue) return;
        var state = turn.QueueOf(login.Queue);
        var linked = queue.LinkOf(login.Consultant) is not null;
        if (!linked && login.Consultant.Extension is null)
        {
            turn.Refuse(Refusals.NotAConsultant, $"{login.Consultant} is not linked to queue {login.Queue}");
            return;
        }

        var isIn = linked ? !state.LoggedOut.Contains(login.Consultant) : state.LoggedIn.Contains(login.Consultant);
        if (!isIn) turn.Add(new DistributorEvent.LoggedIn(login.Queue, login.Consultant, linked, turn.Now));
        if (state.Paused.GetValueOrDefault(login.Consultant) is { Automatic: true })
            turn.Add(new DistributorEvent.Unpaused(login.Queue, login.Consultant, turn.Now));
        Rests.End(turn, login.Queue, login.Consultant);
    }

    public static void LogOut(DistributorTurn turn, LogOut logout)
    {
        if (Find(turn, logout.Queue, logout.Consultant) is not { } queue) return;
        var state = turn.QueueOf(logout.Queue);
        var linked = queue.LinkOf(logout.Consultant) is not null;
        var isIn = linked ? !state.LoggedOut.Contains(logout.Consultant) : state.LoggedIn.Contains(logout.Consultant);
        if (isIn) turn.Add(new DistributorEvent.LoggedOut(logout.Queue, logout.Consultant, linked, turn.Now));
    }

    public static void Pause(DistributorTurn turn, Pause pause)
    {
        if (!MayPause(turn, pause.Queue, pause.Consultant)) return;
        var known = turn.QueueOf(pause.Queue).Paused.GetValueOrDefault(pause.Consultant);
        if (known is null || known.Automatic || known.Reason != pause.Reason)
            turn.Add(new DistributorEvent.Paused(pause.Queue, pause.Consultant, pause.Reason, turn.Now));
    }

    public static void Unpause(DistributorTurn turn, Unpause unpause)
    {
        if (MayPause(turn, unpause.Queue, unpause.Consultant) && turn.QueueOf(unpause.Queue).Paused.ContainsKey(unpause.Consultant))
            turn.Add(new DistributorEvent.Unpaused(unpause.Queue, unpause.Consultant, turn.Now));
    }

    /// <summary>
    /// Follows what was set up: linking logs in, who is no consultant any more has nothing to come back to, and a deleted queue goes when it
    /// is empty.
    /// </summary>
    public static void Tidy(DistributorTurn turn)
    {
        foreach (var state in turn.State.Queues.Values)
        {
            if (turn.World.Find(state.Number) is { } queue) Tidy(turn, queue, state);
            else if (state.Waiting.IsEmpty && turn.State.Consultants.Values.All(consultant => consultant.Queue != state.Number))
                turn.Add(new DistributorEvent.Dropped(state.Number, turn.Now));
        }
    }

    static void Tidy(DistributorTurn turn, Queue queue, QueueState state)
    {
        if (state.LoggedIn.IsEmpty && state.LoggedOut.IsEmpty && state.Paused.IsEmpty) return;
        var links = Roster.Links(queue);
        bool Exists(ConsultantId id) => turn.World.Exists(id);
        bool IsLinked(ConsultantId id) => links.ContainsKey(id);
        var happened = new DistributorEvent.Forgot(
            queue.Number,
            [.. state.LoggedIn.Where(id => IsLinked(id) || !Exists(id))],
            [.. state.LoggedOut.Where(id => !IsLinked(id))],
            [.. state.Paused.Keys.Where(id => !Exists(id) || !(IsLinked(id) || state.LoggedIn.Contains(id)))],
            turn.Now);
        if (happened is not { Logins: [], Logouts: [], Pauses: [] }) turn.Add(happened);
    }

    static bool MayPause(DistributorTurn turn, ExtensionNumber number, ConsultantId consultant)
    {
        if (Find(turn, number, consultant) is not { } queue) return false;
        if (Roster.IsConsultant(queue, turn.QueueOf(number), consultant)) return true;
        turn.Refuse(Refusals.NotAConsultant, $"{consultant} is no consultant of queue {number}");
        return false;
    }

    static Queue? Find(DistributorTurn turn, ExtensionNumber number, ConsultantId consultant)
    {
        if (turn.World.Find(number) is not { } queue)
        {
            turn.Refuse(Refusals.NoSuchQueue, number.Value);
            return null;
        }

        if (turn.World.Exists(consultant)) return queue;
        turn.Refuse(consultant.External is null ? Refusals.NoSuchExtension : Refusals.NoSuchExternalNumber, consultant.Value);
        return null;
    }
}
