namespace TeleCube.Actors;

/// <summary>The codes of refused commands: the same in the actors, in problem+json, in the panel and in docs/problems.md.</summary>
public static class Refusals
{
    // Not there (404)
    public const string NoSuchTenant = "no-such-tenant";
    public const string NoSuchExtension = "no-such-extension";
    public const string NoSuchPhoneNumber = "no-such-phone-number";
    public const string NoSuchExternalNumber = "no-such-external-number";
    public const string NoSuchAnnouncement = "no-such-announcement";
    public const string NoSuchScheme = "no-such-scheme";
    public const string NoSuchVersion = "no-such-version";
    public const string NoSuchQueue = "no-such-queue";
    public const string NoSuchRingGroup = "no-such-ring-group";
    public const string NoSuchSwitch = "no-such-switch";
    public const string NoSuchMessage = "no-such-message";
    public const string NoSuchUser = "no-such-user";
    public const string NoSuchApiToken = "no-such-api-token";
    public const string NoSuchTariff = "no-such-tariff";
    public const string NoSuchPackage = "no-such-package";
    public const string NoSuchTrunk = "no-such-trunk";

    // Seen in an older version (412)
    public const string StaleVersion = "stale-version";

    // Against the state (409)
    public const string TenantExists = "tenant-exists";
    public const string TenantClosed = "tenant-closed";
    public const string TenantSuspended = "tenant-suspended";
    public const string LoginPrefixTaken = "login-prefix-taken";
    public const string ExtensionExists = "extension-exists";
    public const string ExtensionInUse = "extension-in-use";
    public const string ExternalNumberExists = "external-number-exists";
    public const string ExternalNumberInUse = "external-number-in-use";
    public const string AnnouncementExists = "announcement-exists";
    public const string AnnouncementInUse = "announcement-in-use";
    public const string PromptReplaced = "prompt-replaced";
    public const string TooManyAnnouncements = "too-many-announcements";
    public const string SchemeExists = "scheme-exists";
    public const string SchemeInUse = "scheme-in-use";
    public const string SchemeNotUsable = "scheme-not-usable";
    public const string TooManySchemes = "too-many-schemes";

    public const string TooManyVersions = "too-many-versions";
    public const string NumberLeadsElsewhere = "number-leads-elsewhere";
    public const string NumberTaken = "number-taken";
    public const string QueueExists = "queue-exists";
    public const string QueueInUse = "queue-in-use";
    public const string TooManyQueues = "too-many-queues";
    public const string RingGroupExists = "ring-group-exists";
    public const string RingGroupInUse = "ring-group-in-use";
    public const string TooManyRingGroups = "too-many-ring-groups";
    public const string AskedToPressOne = "asked-to-press-one";
    public const string SwitchExists = "switch-exists";
    public const string SwitchInUse = "switch-in-use";
    public const string SwitchCodeTaken = "switch-code-taken";
    public const string TooManySwitches = "too-many-switches";
    public const string NotAConsultant = "not-a-consultant";
    public const string TooMuchAudio = "too-much-audio";
    public const string UserExists = "user-exists";
    public const string LoginTaken = "login-taken";
    public const string LastAdministrator = "last-administrator";
    public const string ApiTokenExists = "api-token-exists";
    public const string NumberAssigned = "number-assigned";
    public const string NumberBeingReleased = "number-being-released";
    public const string TariffInUse = "tariff-in-use";
    public const string TrunkExists = "trunk-exists";
    public const string PackageInUse = "package-in-use";

    // Wrong in itself (422)
    public const string NumberReserved = "number-reserved";
    public const string NotOwnNumber = "not-own-number";
    public const string NoSuchTarget = "no-such-target";
    public const string NoSuchPrompt = "no-such-prompt";
    public const string EmergencyNotAllowed = "emergency-not-allowed";
    public const string DestinationNotAllowed = "destination-not-allowed";
    public const string ForwardsToItself = "forwards-to-itself";
    public const string NumberTwice = "number-twice";
    public const string OwnNumber = "own-number";
    public const string NotPriced = "not-priced";
    public const string ShortCodeReserved = "short-code-reserved";
    public const string ShortCodeTaken = "short-code-taken";
    public const string SmsNotAvailable = "sms-not-available";
    public const string QuoteRequired = "quote-required";
    public const string QuoteExpired = "quote-expired";
    public const string QuoteMismatch = "quote-mismatch";
    public const string ImmutableField = "immutable-field";
    public const string PrivateAddress = "private-address";
    public const string InvalidValue = "invalid-value";
}
