using TeleCube.Actors;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;
using TeleCube.Actors.Webhooks;
using TeleCube.Api.Http;

namespace TeleCube.Api.Voicemail;

/// <summary>All settings of a voicemail box; what is left out gets its default, but the PIN and the webhook's secret, which stay.</summary>
public sealed record VoicemailInput
{
    const int LeastPin = 4, MostPin = 10;
    const int LeastSecret = 16, MostSecret = 128;

    /// <summary>Whether it takes the calls that the extension does not, where no forward of that case is set.</summary>
    public bool Enabled { get; init; }

    /// <summary>4 to 10 digits; empty takes it away: then the extension's own phones listen without, and nobody else does.</summary>
    public string? Pin { get; init; }

    /// <summary>The id of an announcement; without it, the exchange's own words.</summary>
    public string? Greeting { get; init; }

    /// <summary>How long a message may be, 10 to 600; 180 by default.</summary>
    public int? MaxSeconds { get; init; }

    /// <summary>How many messages the box takes, 1 to 500; 100 by default.</summary>
    public int? MaxMessages { get; init; }

    /// <summary>After how many days a message is deleted, heard or not, 1 to 3650; 90 by default.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>Is told of each message; empty for none.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>Signs what the webhook is told (<c>TeleCube-Signature</c>): 16 to 128 characters; empty takes it away.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>Hashes the PIN: slow by intent.</summary>
    internal VoicemailSettings ToSettings(Faults faults)
    {
        if (Pin is { Length: > 0 } && (Pin.Length is < LeastPin or > MostPin || !Pin.All(char.IsAsciiDigit)))
            faults.Add("pin", $"must be {LeastPin} to {MostPin} digits");
        if (WebhookSecret is { Length: > 0 and (< LeastSecret or > MostSecret) })
            faults.Add("webhookSecret", $"must have {LeastSecret} to {MostSecret} characters");
        if (WebhookUrl is { Length: > 0 } && !WebhookAddress.IsValid(WebhookUrl)) faults.Add("webhookUrl", WebhookAddress.Form);
        var settings = new VoicemailSettings
        {
            On = Enabled,
            Greeting = string.IsNullOrEmpty(Greeting) ? null : new AnnouncementId(faults.Identifier("greeting", Greeting)),
            MaxLength = TimeSpan.FromSeconds(faults.Within("maxSeconds", MaxSeconds, 10, 600, (int)VoicemailSettings.DefaultLength.TotalSeconds)),
            MaxMessages = faults.Within("maxMessages", MaxMessages, 1, 500, VoicemailSettings.DefaultMessages),
            Retention = TimeSpan.FromDays(faults.Within("retentionDays", RetentionDays, 1, 3650, (int)VoicemailSettings.DefaultRetention.TotalDays)),
            WebhookUrl = string.IsNullOrEmpty(WebhookUrl) ? null : WebhookUrl,
            WebhookSecret = string.IsNullOrEmpty(WebhookSecret) ? null : WebhookSecret,
        };
        return faults.Any || string.IsNullOrEmpty(Pin) ? settings : settings with { Pin = PasswordHash.Of(Pin) };
    }

    /// <summary>What can be seen without asking the DNS is said at once; a name is looked at when it is connected to.</summary>
    internal Refused? PrivateAddress(ApiSettings api) =>
        !api.AllowsPrivateWebhooks && WebhookUrl is { Length: > 0 } url && WebhookAddress.IsPlainlyPrivate(url)
            ? Refused.Field(Refusals.PrivateAddress, "webhookUrl", WebhookAddress.PrivateRefused)
            : null;
}

/// <summary>Whether a message counts as heard.</summary>
public sealed record HeardInput
{
    public bool? Heard { get; init; }
}
