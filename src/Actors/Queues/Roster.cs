using System.Collections.Immutable;

namespace TeleCube.Actors.Queues;

/// <summary>Who is a consultant of a queue, in the order in which they are rung (PRODUCT §5).</summary>
public static class Roster
{
    /// <summary>Those who are logged in: the linked ones who have not logged out, then those who came by code, in order of login.</summary>
    public static ImmutableArray<ConsultantId> LoggedIn(Queue queue, QueueState? state, Func<ConsultantId, bool> exists)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return [.. All(queue, state, exists)];
    }

    /// <summary>Whether anybody is logged in who has the skill; who came by code has none.</summary>
    public static bool IsAnybodyIn(Queue queue, QueueState? state, Func<ConsultantId, bool> exists, string? skill = null)
    {
        ArgumentNullException.ThrowIfNull(queue);
        if (skill is null) return All(queue, state, exists).Any();
        var links = Links(queue);
        return All(queue, state, exists).Any(id => links.TryGetValue(id, out var link) && link.Skills.Contains(skill));
    }

    /// <summary>Those of them who are not paused.</summary>
    public static ImmutableArray<ConsultantId> Active(Queue queue, QueueState? state, Func<ConsultantId, bool> exists)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return [.. All(queue, state, exists).Where(id => state?.Paused.ContainsKey(id) is not true)];
    }

    public static LinkedConsultant? LinkOf(this Queue queue, ConsultantId consultant)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return queue.Consultants.FirstOrDefault(link => link.Id == consultant);
    }

    /// <summary><see cref="LinkOf"/> of all, for who asks of many.</summary>
    public static IReadOnlyDictionary<ConsultantId, LinkedConsultant> Links(Queue queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        var links = new Dictionary<ConsultantId, LinkedConsultant>(queue.Consultants.Length);
        foreach (var link in queue.Consultants) links.TryAdd(link.Id, link);
        return links;
    }

    /// <summary>Linked, or logged in by code; whether he gets calls now or not.</summary>
    public static bool IsConsultant(Queue queue, QueueState? state, ConsultantId consultant) =>
        queue.LinkOf(consultant) is not null || state?.LoggedIn.Contains(consultant) is true;

    static IEnumerable<ConsultantId> All(Queue queue, QueueState? state, Func<ConsultantId, bool> exists)
    {
        var linked = queue.Consultants.Select(link => link.Id).Where(id => state?.LoggedOut.Contains(id) is not true);
        return linked.Concat(state?.LoggedIn ?? []).Distinct().Where(exists);
    }
}
