using TeleCube.Kernel.Actors;

namespace TeleCube.Kernel.Sharding;

/// <summary>The parent of a kind's entities: restarts those that fail, and looks for those that have nothing to do.</summary>
sealed class EntityGuardian(ShardRegion region, string kind, TimeSpan? passivateAfter) : Actor
{
    const int LooksPerPeriod = 4;

    sealed record LookForIdle
    {
        public static readonly LookForIdle Instance = new();
    }

    protected override void PreStart() => LookAgain();

    protected override void Receive(object message)
    {
        if (message is not LookForIdle || passivateAfter is not { } idleFor)
        {
            Unhandled(message);
            return;
        }
        region.PassivateIdle(kind, idleFor);
        LookAgain();
    }

    void LookAgain()
    {
        if (passivateAfter is { } idleFor) Timers.After("idle", idleFor / LooksPerPeriod, LookForIdle.Instance);
    }
}
