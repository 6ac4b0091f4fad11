using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Voicemail;

namespace TeleCube.Actors.Schemes;

/// <summary>What has happened to a call while it is in an element.</summary>
public abstract record ElementNews
{
    ElementNews() { }

    /// <summary>The call has just come here.</summary>
    public sealed record Entered : ElementNews;

    /// <summary>What was played is over.</summary>
    public sealed record Played : ElementNews;

    /// <summary>The caller pressed <c>0-9 * #</c>.</summary>
    public sealed record Key(char Digit) : ElementNews;

    /// <summary>The caller was listened to for as long as was asked, and pressed nothing.</summary>
    public sealed record Silence : ElementNews;

    /// <summary>The caller came out of the queue without having been answered.</summary>
    public sealed record LeftQueue(QueueExit Why) : ElementNews;

    /// <summary>Nothing more is recorded: the caller is silent, the time is up, or the exchange was restarted.</summary>
    public sealed record Recorded : ElementNews;

    /// <summary>A voicemail box has answered.</summary>
    public sealed record Said(MailboxAnswer Answer) : ElementNews;

    /// <summary>The server that was asked names this exit; null: <paramref name="Why"/> it does not.</summary>
    public sealed record Decided(string? Exit, string Why) : ElementNews;

    /// <summary>The SMS goes out; or not, and <paramref name="Why"/>.</summary>
    public sealed record Texted(bool Goes, string Why) : ElementNews
    {
        /// <summary>An element sends one per call.</summary>
        public const string Before = "the SMS of this element was sent before in this call";
    }

    /// <summary>Whom the element rang did not take the call.</summary>
    public sealed record NotReached(EndCause Cause) : ElementNews;
}
