using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Actors;

namespace TeleCube.Actors.Subscriptions.Watching;

/// <summary>Brings the news of mailboxes to the board.</summary>
public sealed class MailboxWatch(WatchBoard board) : Actor
{
    protected override void PreStart() => Context.System.EventStream.Subscribe<MailboxChanged>(Self);

    protected override void Receive(object message)
    {
        if (message is MailboxChanged changed) board.Poke(changed.Tenant, changed.Extension);
        else Unhandled(message);
    }
}
