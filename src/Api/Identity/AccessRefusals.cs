using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using TeleCube.Actors;
using TeleCube.Api.Http;

namespace TeleCube.Api.Identity;

/// <summary>
/// Answers who may not pass, as problems: 401 without a valid token, 404 at another tenant's door, 403 for the wrong role.
/// </summary>
public sealed class AccessRefusals : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(authorizeResult);
        if (authorizeResult.Succeeded) return next(context);
        if (authorizeResult.Challenged)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer"; // RFC 6750 §3
            return Refused.With(ApiCodes.Unauthenticated).ExecuteAsync(context);
        }

        var strange = authorizeResult.AuthorizationFailure?.FailureReasons.Any(reason => reason.Message == Refusals.NoSuchTenant) == true;
        return Refused.With(strange ? Refusals.NoSuchTenant : ApiCodes.Forbidden).ExecuteAsync(context);
    }
}
