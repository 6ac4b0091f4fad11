namespace TeleCube.Api.Identity;

/// <summary>The panel's cookie: out of reach for scripts and for other sites.</summary>
public sealed class SessionCookie(SessionSeal seal, ApiSettings settings, TimeProvider clock)
{
    const string Name = "telecube_session";

    public static string? Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Cookies[Name];
    }

    public static void Remove(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Delete(Name, Form(context, null));
    }

    public void Give(HttpContext context, SessionTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(ticket);
        context.Response.Cookies.Append(Name, seal.Seal(ticket), Form(context, ticket.ExpiresAt));
    }

    public void RenewIfDue(HttpContext context, SessionTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var now = clock.GetUtcNow();
        if (ticket.ExpiresAt - now > settings.SessionLifetime / 2) return;
        Give(context, ticket with { IssuedAt = now, ExpiresAt = now + settings.SessionLifetime });
    }

    static CookieOptions Form(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/api",
        Expires = expires,
    };
}
