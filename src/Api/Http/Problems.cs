using System.Collections.Frozen;
using TeleCube.Actors;

namespace TeleCube.Api.Http;

/// <summary>
/// Every code that can reach a client, with its status; docs/problems.md explains each and is checked against this table.
/// </summary>
static class Problems
{
    static readonly FrozenDictionary<string, Problem> _byCode = Table().ToFrozenDictionary(problem => problem.Code);

    public static IEnumerable<Problem> All => _byCode.Values.OrderBy(problem => problem.Status).ThenBy(problem => problem.Code, StringComparer.Ordinal);

    /// <summary>A code that nobody has listed was refused by some state, so 409.</summary>
    public static Problem Of(string code) => _byCode.GetValueOrDefault(code) ?? new Problem(code, StatusCodes.Status409Conflict, "Refused");

    /// <summary>For failures that ASP.NET answers by status alone.</summary>
    public static Problem OfStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Of(ApiCodes.Unauthenticated),
        StatusCodes.Status403Forbidden => Of(ApiCodes.Forbidden),
        StatusCodes.Status404NotFound => Of(ApiCodes.NotFound),
        StatusCodes.Status405MethodNotAllowed => Of(ApiCodes.MethodNotAllowed),
        StatusCodes.Status413PayloadTooLarge => Of(ApiCodes.TooLarge),
        StatusCodes.Status415UnsupportedMediaType => Of(ApiCodes.UnsupportedMediaType),
        >= 500 => Of(ApiCodes.InternalError),
        _ => Of(ApiCodes.BadRequest) with { Status = status },
    };

    static IEnumerable<Problem> Table() =>
    [
        new(ApiCodes.BadRequest, 400, "The request cannot be read"),
        new(ApiCodes.MalformedJson, 400, "The body is not a JSON object"),
        new(ApiCodes.BadCursor, 400, "'after' is not a cursor of this list"),
        new(ApiCodes.Unauthenticated, 401, "A valid token is needed"),
        new(ApiCodes.BadCredentials, 401, "Login or password is wrong"),
        new(ApiCodes.Forbidden, 403, "This role may not do that"),
        new(ApiCodes.NotFound, 404, "There is nothing here"),
        new(Refusals.NoSuchTenant, 404, "There is no such tenant"),
        new(Refusals.NoSuchExtension, 404, "There is no such extension"),
        new(Refusals.NoSuchPhoneNumber, 404, "There is no such phone number"),
        new(Refusals.NoSuchExternalNumber, 404, "There is no such external number"),
        new(Refusals.NoSuchAnnouncement, 404, "There is no such announcement"),
        new(Refusals.NoSuchScheme, 404, "There is no such scheme"),
        new(Refusals.NoSuchVersion, 404, "There is no such version of the scheme"),
        new(Refusals.NoSuchSwitch, 404, "There is no such switch"),
        new(Refusals.NoSuchUser, 404, "There is no such user"),
        new(Refusals.NoSuchApiToken, 404, "There is no such API token"),
        new(Refusals.NoSuchTariff, 404, "There is no such tariff"),
        new(Refusals.NoSuchPackage, 404, "There is no such package"),
        new(Refusals.NoSuchTrunk, 404, "There is no such trunk"),
        new(ApiCodes.NoSuchCall, 404, "There is no such call"),
        new(ApiCodes.NoSuchCdr, 404, "There is no such call record"),
        new(ApiCodes.NoSuchBan, 404, "This address is not banned"),
        new(ApiCodes.NoSuchNode, 404, "There is no such node"),
        new(ApiCodes.NotQuarantined, 404, "This entity is not quarantined"),
        new(ApiCodes.MethodNotAllowed, 405, "This resource does not know that method"),
        new(Refusals.TenantExists, 409, "There is a tenant with this id"),
        new(Refusals.TenantClosed, 409, "The tenant is closed"),
        new(Refusals.TenantSuspended, 409, "The tenant is suspended"),
        new(Refusals.LoginPrefixTaken, 409, "Another tenant has this login prefix"),
        new(Refusals.ExtensionExists, 409, "There is such an extension already"),
        new(Refusals.ExtensionInUse, 409, "Calls still lead to this extension"),
        new(Refusals.ExternalNumberExists, 409, "There is such an external number already"),
        new(Refusals.ExternalNumberInUse, 409, "Calls still lead to this external number"),
        new(Refusals.AnnouncementExists, 409, "There is such an announcement already"),
        new(Refusals.AnnouncementInUse, 409, "Calls still lead to this announcement"),
        new(Refusals.PromptReplaced, 409, "Another announcement replaces this prompt"),
        new(Refusals.TooManyAnnouncements, 409, "There are too many announcements"),
        new(Refusals.SchemeExists, 409, "There is such a scheme already"),
        new(Refusals.SchemeInUse, 409, "Calls still lead to this scheme"),
        new(Refusals.SchemeNotUsable, 409, "No version of the scheme is fit for calls"),
        new(Refusals.TooManySchemes, 409, "There are too many schemes"),
        new(Refusals.NumberLeadsElsewhere, 409, "A number leads elsewhere; taking it must be confirmed"),
        new(Refusals.SwitchExists, 409, "There is such a switch already"),
        new(Refusals.SwitchInUse, 409, "A scheme asks for this switch"),
        new(Refusals.SwitchCodeTaken, 409, "Another switch has this code"),
        new(Refusals.TooManySwitches, 409, "There are too many switches"),
        new(Refusals.TooMuchAudio, 409, "There is no room for more audio"),
        new(Refusals.UserExists, 409, "There is such a user already"),
        new(Refusals.LoginTaken, 409, "Another user has this login"),
        new(Refusals.LastAdministrator, 409, "A tenant needs an administrator"),
        new(Refusals.ApiTokenExists, 409, "There is such an API token already"),
        new(Refusals.NumberAssigned, 409, "A tenant holds this number"),
        new(Refusals.NumberBeingReleased, 409, "The former holder has not let this number go yet"),
        new(Refusals.TariffInUse, 409, "Tenants have this tariff"),
        new(Refusals.TrunkExists, 409, "There is such a trunk already"),
        new(Refusals.PackageInUse, 409, "Tenants have this package"),
        new("taken", 409, "Another tenant has this key"),
        new("journal-conflict", 409, "Somebody else changed it at the same time; read it again"),
        new("call-is-over", 409, "The call has ended"),
        new("not-talking", 409, "The call is not talking"),
        new("cannot-transfer", 409, "The call cannot be transferred now"),
        new(ApiCodes.RequestInProgress, 409, "A request with this Idempotency-Key is still running"),
        new(ApiCodes.EventsGone, 410, "Events after this one are no longer kept"),
        new(Refusals.StaleVersion, 412, "It was changed since you read it"),
        new(ApiCodes.TooLarge, 413, "The body is too large"),
        new(ApiCodes.UnsupportedMediaType, 415, "This content type is not taken here"),
        new(ApiCodes.InvalidFields, 422, "Some fields are wrong"),
        new(ApiCodes.UnusableAudio, 422, "The audio cannot be used"),
        new(ApiCodes.IdempotencyKeyReused, 422, "This Idempotency-Key belongs to another request"),
        new(Refusals.NumberReserved, 422, "This number is reserved"),
        new(Refusals.NotOwnNumber, 422, "The number is not the tenant's own, or may not be presented"),
        new(Refusals.NoSuchTarget, 422, "There is no such target"),
        new(Refusals.NoSuchPrompt, 422, "There is no such prompt"),
        new(Refusals.EmergencyNotAllowed, 422, "Emergency numbers are reached by dialling them only"),
        new(Refusals.DestinationNotAllowed, 422, "The extension may not call there"),
        new(Refusals.ForwardsToItself, 422, "It would forward to itself"),
        new(Refusals.NumberTwice, 422, "The number stands twice"),
        new(Refusals.OwnNumber, 422, "The number is the tenant's own"),
        new(Refusals.NotPriced, 422, "The tariff has no price for this number"),
        new(Refusals.ShortCodeReserved, 422, "The exchange has this code for itself"),
        new(Refusals.ShortCodeTaken, 422, "Another external number has this short code"),
        new(Refusals.SmsNotAvailable, 422, "Only Polish mobiles take the SMS with the caller's number"),
        new(Refusals.QuoteRequired, 422, "The price must be shown and accepted first"),
        new(Refusals.QuoteExpired, 422, "The accepted price is too old; ask for it again"),
        new(Refusals.QuoteMismatch, 422, "The accepted price is for something else; ask for it again"),
        new(Refusals.ImmutableField, 422, "This field never changes"),
        new(Refusals.InvalidValue, 422, "A value is not allowed"),
        new(ApiCodes.TooManyAttempts, 429, "Too many failed attempts"),
        new(ApiCodes.TooManyStreams, 429, "Too many follow this tenant's events"),
        new(ApiCodes.InternalError, 500, "A defect of the server; it is in its log"),
        new("actor-failed", 500, "A defect of the server; it is in its log"),
        new("quarantined", 500, "The entity cannot be recovered; the operator must look at it"),
        new("overloaded", 503, "Too much is waiting; try again"),
        new("stopped", 503, "It was just being moved; try again"),
        new("not-mine", 503, "Another node has this tenant; try again"),
        new("storage-unavailable", 503, "The database is away; nothing was changed"),
        new(ApiCodes.Draining, 503, "This node is being emptied; it begins no calls"),
        new(ApiCodes.TimedOut, 503, "No answer in time; the outcome is unknown"),
    ];
}
