using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace TeleCube.Api.Identity;

/// <summary>Reads <c>Authorization: Bearer</c>, or the panel's cookie, which is given anew when half its time is over.</summary>
public sealed class ApiAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CallerReader callers, SessionCookie cookie)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "TeleCube";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var bearer = Bearer(Request);
        if ((bearer ?? SessionCookie.Of(Request)) is not { Length: > 0 } token) return AuthenticateResult.NoResult();
        if (await callers.Read(token, Context.RequestAborted) is not { } caller) return AuthenticateResult.Fail("the token is unknown or over");
        if (bearer is null && caller.Session is { } session) cookie.RenewIfDue(Context, session);
        return AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(SchemeName), SchemeName));
    }

    /// <summary>What the request proves its sender with, if anything.</summary>
    public static string? TokenOf(HttpRequest request) => Bearer(request) ?? SessionCookie.Of(request);

    static string? Bearer(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var given)
        && "Bearer".Equals(given.Scheme, StringComparison.OrdinalIgnoreCase) ? given.Parameter : null;
}
