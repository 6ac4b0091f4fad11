namespace TeleCube.Api.Http;

/// <summary>The codes that only the API itself gives; those of refused commands are the actors' own.</summary>
static class ApiCodes
{
    public const string BadRequest = "bad-request";
    public const string MalformedJson = "malformed-json";
    public const string BadCursor = "bad-cursor";
    public const string Unauthenticated = "unauthenticated";
    public const string BadCredentials = "bad-credentials";
    public const string Forbidden = "forbidden";
    public const string NotFound = "not-found";
    public const string MethodNotAllowed = "method-not-allowed";
    public const string UnsupportedMediaType = "unsupported-media-type";
    public const string TooLarge = "too-large";
    public const string UnusableAudio = "unusable-audio";
    public const string InvalidFields = "invalid-fields";
    public const string TooManyAttempts = "too-many-attempts";
    public const string IdempotencyKeyReused = "idempotency-key-reused";
    public const string RequestInProgress = "request-in-progress";
    public const string NoSuchCall = "no-such-call";
    public const string NoSuchCdr = "no-such-cdr";
    public const string NoSuchBan = "no-such-ban";
    public const string NotQuarantined = "not-quarantined";
    public const string NoSuchNode = "no-such-node";
    public const string Draining = "draining";
    public const string TooManyCalls = "too-many-calls";
    public const string EventsGone = "events-gone";
    public const string TooManyStreams = "too-many-streams";
    public const string TimedOut = "timed-out";
    public const string InternalError = "internal-error";
}
