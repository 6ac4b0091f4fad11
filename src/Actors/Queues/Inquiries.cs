namespace TeleCube.Actors.Queues;

/// <summary>
/// Which calls are asked whether they are there, and how often they have not answered. Calls and their distributor talk within one process
/// and lose nothing; but either may have been restarted, and a call may be gone with its journal.
/// </summary>
sealed class Inquiries
{
    const int MostUnanswered = 3;

    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    readonly Dictionary<QueueTicket, int> _unanswered = [];

    /// <summary>Who waits on the line, is being rung for, or talks; who has hung up to be called back has no call.</summary>
    public static IEnumerable<QueueTicket> Due(DistributorState state) => state.Queues.Values
        .SelectMany(queue => queue.Waiting)
        .Where(caller => caller.CallBack is null || caller.Offer is not null)
        .Select(caller => caller.Offer?.Ticket ?? caller.Ticket)
        .Concat(state.Consultants.Values.Where(one => one.Activity is ConsultantActivity.Talking).Select(one => one.Ticket))
        .Distinct();

    public void Heard(DistributorCommand command)
    {
        if (command.Speaker is { } ticket) _unanswered.Remove(ticket);
    }

    /// <summary>Counts one more question to each; returns those who have been asked often enough.</summary>
    public IReadOnlyList<QueueTicket> Next(DistributorState state)
    {
        var asked = Due(state).ToHashSet();
        foreach (var gone in _unanswered.Keys.Where(ticket => !asked.Contains(ticket)).ToList()) _unanswered.Remove(gone);
        List<QueueTicket> lost = [];
        foreach (var ticket in asked)
        {
            var before = _unanswered.GetValueOrDefault(ticket);
            _unanswered[ticket] = before + 1;
            if (before >= MostUnanswered) lost.Add(ticket);
        }

        return lost;
    }
}
