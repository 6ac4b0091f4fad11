using TeleCube.Kernel.Actors;

namespace TeleCube.Kernel.Mailbox;

/// <summary>What the kernel itself tells a cell; handled before any user message. (An actor in this place: wake that incarnation.)</summary>
abstract record SystemMessage
{
    SystemMessage() { }

    public sealed record Stop : SystemMessage
    {
        public static readonly Stop Instance = new();
    }

    public sealed record GiveUp(Exception Failure) : SystemMessage;

    public sealed record Resume : SystemMessage
    {
        public static readonly Resume Instance = new();
    }

    public sealed record Restart(TimeSpan Delay) : SystemMessage;

    public sealed record RestartDue : SystemMessage
    {
        public static readonly RestartDue Instance = new();
    }

    public sealed record ChildFailed(ActorCell Child, Exception Failure) : SystemMessage;

    public sealed record ChildrenGone : SystemMessage
    {
        public static readonly ChildrenGone Instance = new();
    }

    public sealed record Watch(ActorRef Watcher) : SystemMessage;

    public sealed record Unwatch(ActorRef Watcher) : SystemMessage;

    public sealed record PassivateIfIdle(TimeSpan IdleFor) : SystemMessage;
}
