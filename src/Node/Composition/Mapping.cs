using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Ingress;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Subscriptions;
using TeleCube.Actors.Text;
using TeleCube.Media.Messages;
using TeleCube.Node.Options;

namespace TeleCube.Node.Composition;

/// <summary>
/// From what the configuration says to what the actors take; the components below them have <see cref="ComponentOptions"/>.
/// </summary>
static class Mapping
{

    /// <summary>The domain in From and To of our own messages.</summary>
    public static string Domain(SipOptions sip) => sip.Domain ?? sip.Listeners[0].Advertised.Host;

    public static RegistrarOptions Registrar(SipOptions sip) => new()
    {
        Realm = sip.Domain ?? "telecube",
        DefaultExpires = sip.Registration.DefaultExpires,
        MinExpires = sip.Registration.MinExpires,
        MaxExpires = sip.Registration.MaxExpires,
        MaxContacts = sip.Registration.MaxContacts,
    };

    public static SubscriptionOptions Subscriptions(SipOptions sip) => new()
    {
        MinExpires = sip.Subscription.MinExpires,
        MaxExpires = sip.Subscription.MaxExpires,
        PerExtension = sip.Subscription.PerExtension,
        PerTenant = sip.Subscription.PerTenant,
        UnsolicitedMwi = sip.UnsolicitedMwi,
    };

    public static TeleCube.Actors.Registrations.BanOptions Bans(Options.BanOptions ban) => new()
    {
        MaxFailures = ban.Failures,
        Window = ban.Window,
        BanFor = ban.Duration,
        Whitelist = ban.Exempt,
    };

    public static IReadOnlyList<TeleCube.Sip.Auth.DigestAlgorithm> Algorithms(AuthenticationOptions authentication) =>
        [.. authentication.Algorithms.Select(name =>
            name is Options.DigestAlgorithm.Sha256 ? TeleCube.Sip.Auth.DigestAlgorithm.Sha256 : TeleCube.Sip.Auth.DigestAlgorithm.Md5)];

    public static SmsLimits SchemeSms(SchemeSmsSettings sms) => new(sms.Within, sms.PerCaller, sms.PerReceiver, sms.PerCompany);

    /// <summary>A prompt that is missing is not played; a folder that is missing is a slip of the pen.</summary>
    public static void CheckPrompts(MediaSettings media)
    {
        if (media.PromptsDirectory is { } own && !Directory.Exists(own))
            throw new StartException($"telecube.media.prompts-directory: there is no directory {own}; name another, or leave it out for the prompts that come with TeleCube")
            {
                Setting = "media.prompts-directory",
            };
        if (media.PromptsDirectory is null && !Directory.Exists(FolderOf(media, media.PromptsLanguage)))
            throw new StartException($"telecube.media.prompts-language: no prompts in '{media.PromptsLanguage}' come with TeleCube; pl and en do, others need a prompts-directory of your own")
            {
                Setting = "media.prompts-language",
            };
    }

    /// <summary>Null: what it has is the operator's own, and not known here.</summary>
    public static string? SpokenLanguage(MediaSettings media) => media.PromptsDirectory is null ? media.PromptsLanguage : null;

    public static CallOptions Calls(TeleCubeOptions options) => new()
    {
        MaxDuration = options.Call.MaxDuration,
        SetupTimeout = options.Call.SetupTimeout,
        TrunkTimeout = options.Call.TrunkTimeout,
        SessionExpires = options.Sip.SessionTimer.Expires,
        MinSessionExpires = options.Sip.SessionTimer.MinExpires,
        MediaTimeout = options.Media.LostAfter,
        Language = options.Media.PromptsLanguage,
        MusicOnHold = Sounds(options.Media, "music"),
        Prompts = Sounds(options.Media, options.Media.PromptsLanguage).ToDictionary(
            path => Path.GetFileNameWithoutExtension(path), path => (PlaySource)new PlaySource.Files([path])),
    };

    /// <summary>Each folder in <c>music</c> is a class.</summary>
    public static IReadOnlyDictionary<string, PlaySource> MusicClasses(MediaSettings media)
    {
        var music = FolderOf(media, "music");
        if (!Directory.Exists(music)) return new Dictionary<string, PlaySource>();
        return Directory.EnumerateDirectories(music).Select(folder => Path.GetFileName(folder)).Where(Identifier.IsValid)
            .Select(name => (Name: name, Pieces: Sounds(media, Path.Combine("music", name)))).Where(found => found.Pieces.Length > 0)
            .ToDictionary(found => found.Name, found => (PlaySource)new PlaySource.Files(found.Pieces), StringComparer.Ordinal);
    }

    public static AdmissionOptions Admission(TeleCubeOptions options) =>
        new(options.Limits.MaxCalls, options.Limits.CallsPerSecond, options.Limits.MaxQueueing, options.Limits.RetryAfter);

    static string[] Sounds(MediaSettings media, string kind)
    {
        var folder = FolderOf(media, kind);
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.wav").Order(StringComparer.Ordinal)] : [];
    }

    static string FolderOf(MediaSettings media, string kind) => Path.Combine(media.PromptsDirectory ?? Path.Combine(AppContext.BaseDirectory, "prompts"), kind);
}
