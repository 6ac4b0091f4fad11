using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TeleCube.Actors.Voicemail;

/// <summary>All that lies in a voicemail box. Immutable: calls and the API read whole snapshots of it.</summary>
public sealed record MailboxState
{
    public static readonly MailboxState Initial = new();

    /// <summary>In the order of their ids.</summary>
    public ImmutableSortedDictionary<string, VoicemailMessage> Messages { get; init; } =
        ImmutableSortedDictionary.Create<string, VoicemailMessage>(StringComparer.Ordinal);

    /// <summary>Begun, and neither kept nor dropped.</summary>
    public ImmutableSortedDictionary<string, OpenRecording> Open { get; init; } =
        ImmutableSortedDictionary.Create<string, OpenRecording>(StringComparer.Ordinal);

    /// <summary>Messages of which the webhook has not been told for sure.</summary>
    public ImmutableSortedSet<string> Unnotified { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The owner's own words; they go before the announcement of the settings.</summary>
    public RecordedGreeting? Greeting { get; init; }

    public PinLock Pins { get => field ?? PinLock.Open; init; }

    [JsonIgnore]
    public MailboxCounts Counts
    {
        get
        {
            var heard = Messages.Values.Count(message => message.HeardAt is not null);
            return new MailboxCounts(Messages.Count - heard, heard);
        }
    }

    /// <summary>Whether this recording was kept.</summary>
    public bool Has(string recording) => Messages.ContainsKey(recording) || Greeting?.Recording == recording;

    /// <summary>A box in which nothing lies and at which nobody guesses needs not be woken after a restart.</summary>
    [JsonIgnore]
    public bool IsInUse => Messages.Count + Open.Count > 0 || Greeting is not null || !Pins.IsOpen;
}
