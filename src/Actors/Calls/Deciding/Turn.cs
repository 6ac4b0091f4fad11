using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// One command being decided: the events that follow from it, each applied at once so that
/// the next decision sees it, and the effects that are then due.
/// </summary>
public sealed class Turn(CallState call, CallWorld world, DateTimeOffset now)
{
    readonly List<CallEvent> _events = [];
    readonly List<CallEffect> _effects = [];

    public CallState Call { get; internal set; } = call;

    public CallWorld World { get; } = world;

    public DateTimeOffset Now { get; } = now;

    public IReadOnlyList<CallEvent> Events => _events;

    public IReadOnlyList<CallEffect> Effects => _effects;

    public void Happen(CallEvent happened)
    {
        _events.Add(happened);
        Call = CallApply.Apply(Call, happened);
    }

    public void Do(CallEffect effect) => _effects.Add(effect);

    /// <summary>CSeq numbers of a dialog are given by the shell, which also numbers what is not journaled.</summary>
    public required Func<Leg, uint> NextCSeq { get; init; }

    public Leg Leg(int number) => Call[number] ?? throw new ArgumentOutOfRangeException(nameof(number), number, "no such leg");
}
