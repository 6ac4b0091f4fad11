using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Voicemail;

namespace TeleCube.Actors.Schemes;

/// <summary>What an element wants done, and why: the reason stands on the call's timeline.</summary>
public abstract record ElementStep(string Reason)
{
    /// <summary>What the element will be told again with the next news.</summary>
    public ElementMemory Memory { get; init; } = ElementMemory.Empty;

    /// <summary>What the exchange has done for the caller by that; null: nothing new.</summary>
    public CallService? Served { get; init; }

    /// <summary>The call goes on by this exit; if that leads nowhere, it ends with <paramref name="Otherwise"/>.</summary>
    public sealed record Leave(string Exit, string Reason, EndCause? Otherwise = null) : ElementStep(Reason);

    /// <summary>An SMS is to be sent; whether it will be is known at once (<see cref="ElementNews.Texted"/>), what becomes of it the call does not wait for.</summary>
    public sealed record Text(SmsWish Sms, string Reason) : ElementStep(Reason);

    /// <summary>The caller, answered first if need be, hears this; keys come as they are pressed and do not end it.</summary>
    public sealed record Play(ImmutableArray<SoundId> Sounds, string Reason) : ElementStep(Reason);

    /// <summary>Nothing is played (what was, stops), keys are waited for.</summary>
    public sealed record Listen(TimeSpan For, string Reason) : ElementStep(Reason);

    /// <summary>Somebody is rung; if he answers, the scheme is over.</summary>
    public sealed record Ring(Route Route, string Reason) : ElementStep(Reason);

    /// <summary>The caller waits in a queue; if a consultant answers, the scheme is over.</summary>
    public sealed record Join(ExtensionNumber Queue, string? Skill, string Reason) : ElementStep(Reason);

    /// <summary>The caller, who waits in a queue, is asked to be called back there: it keeps its place when it hangs up.</summary>
    public sealed record CallBack(string Reason) : ElementStep(Reason);

    /// <summary>What the caller says is recorded for a voicemail box until it is silent for so long, presses a key of its element, or the time is up.</summary>
    public sealed record Record(ExtensionNumber Box, TimeSpan AtMost, TimeSpan Silence, string Reason) : ElementStep(Reason)
    {
        /// <summary>For the box's callers to hear, in place of a message.</summary>
        public bool IsGreeting { get; init; }
    }

    /// <summary>A voicemail box is asked; it answers when what it did is durable.</summary>
    public sealed record Ask(ExtensionNumber Box, MailboxQuestion Question, string Reason) : ElementStep(Reason);

    /// <summary>A server of the company's is asked by which exit the call goes on.</summary>
    public sealed record Decide(Uri Url, TimeSpan Within, string Reason) : ElementStep(Reason);

    /// <summary>What is under way goes on; only the memory changes.</summary>
    public sealed record Stay(string Reason) : ElementStep(Reason);

    /// <summary>The call goes on at the start of another scheme, in its current version.</summary>
    public sealed record Jump(SchemeId Scheme, string Reason) : ElementStep(Reason);

    public sealed record End(EndCause Cause, string Reason) : ElementStep(Reason);
}

/// <summary>What an element remembers between two news of one visit; journaled with the call.</summary>
public sealed record ElementMemory(string Digits = "", int Tries = 0, int Position = 0)
{
    public static readonly ElementMemory Empty = new();

    /// <summary>How many of the tries were wrong keys, not silence.</summary>
    public int Wrong { get; init; }

    /// <summary>What the element is busy with: a message.</summary>
    public string? Item { get; init; }

    /// <summary>When the visit began to matter.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Digits of a PIN. Never journaled, so a restart loses them.</summary>
    [JsonIgnore]
    public string? Secret { get; init; }
}
