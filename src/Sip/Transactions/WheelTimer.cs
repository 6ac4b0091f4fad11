namespace TeleCube.Sip.Transactions;

/// <summary>One timer of a transaction: a node of the wheel that is armed, moved and stopped without allocation.</summary>
public sealed class WheelTimer(ITimerOwner owner)
{
    internal WheelTimer? Next { get; set; }
    internal WheelTimer? Previous { get; set; }
    internal long DueTick { get; set; } = -1;

    /// <summary>What the timer means when it fires; its owner's own numbering.</summary>
    public int Meaning { get; internal set; }

    /// <summary>The interval it was last armed with, so that a back-off can double it.</summary>
    public TimeSpan Interval { get; internal set; }

    public bool IsArmed => DueTick >= 0;

    internal void Fire() => owner.Fired(this);
}

/// <summary>Is called when one of its timers is due.</summary>
public interface ITimerOwner
{
    void Fired(WheelTimer timer);
}
