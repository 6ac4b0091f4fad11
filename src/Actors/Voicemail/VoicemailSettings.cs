using TeleCube.Actors.Announcements;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Voicemail;

/// <summary>What an extension's voicemail box does.</summary>
public sealed record VoicemailSettings
{
    public static readonly VoicemailSettings Default = new();

    public static readonly TimeSpan DefaultLength = TimeSpan.FromMinutes(3);

    public static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(90);

    public const int DefaultMessages = 100;

    /// <summary>Whether it takes the calls that the extension does not, where no forward of that case is set. Schemes may lead to it all the same.</summary>
    public bool On { get; init; }

    /// <summary>Null: whoever calls from a phone of the extension hears its messages.</summary>
    public PasswordHash? Pin { get; init; }

    /// <summary>Null: the exchange's own words.</summary>
    public AnnouncementId? Greeting { get; init; }

    // What an older state does not have comes as zero: generated readers set every init property.
    public TimeSpan MaxLength { get => field == default ? DefaultLength : field; init; }

    public int MaxMessages { get => field == 0 ? DefaultMessages : field; init; }

    /// <summary>How long messages are kept, heard or not.</summary>
    public TimeSpan Retention { get => field == default ? DefaultRetention : field; init; }

    /// <summary>Told of each message (<c>voicemail.received</c>).</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>Signs what the webhook is told.</summary>
    public string? WebhookSecret { get; init; }
}
