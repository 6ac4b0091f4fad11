using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Webhooks;

/// <summary>Names whose settings a webhook is of, such as <c>voicemail/10</c>; part of the journal's format.</summary>
public static class WebhookSource
{
    const string Voicemail = "voicemail/";

    public static string OfVoicemail(ExtensionNumber box) => Voicemail + box.Value;

    public static ExtensionNumber? BoxOf(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.StartsWith(Voicemail, StringComparison.Ordinal) && ExtensionNumber.TryParse(source[Voicemail.Length..], out var box) ? box : null;
    }
}
