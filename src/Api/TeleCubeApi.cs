using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using TeleCube.Actors.Announcements;
using TeleCube.Api.Audit;
using TeleCube.Api.Calls;
using TeleCube.Api.Docs;
using TeleCube.Api.Events;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Api.Operator;
using TeleCube.Api.Queues;
using TeleCube.Api.Schemes;
using TeleCube.Api.Sessions;
using TeleCube.Api.Tenants;
using TeleCube.Api.Voicemail;

namespace TeleCube.Api;

/// <summary>The REST API: what it adds to the services, and its routes.</summary>
public static class TeleCubeApi
{
    /// <summary>
    /// The API's own services; what it reads from (region, registries, read models, <see cref="ApiSettings"/>) is the node's to add.
    /// </summary>
    public static IServiceCollection AddTeleCubeApi(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true); // so that the problem can name the parameter
        services.AddExceptionHandler<FailureHandler>();
        services.AddAuthentication(ApiAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiAuthentication>(ApiAuthentication.SchemeName, null);
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationHandler, AccessHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessRefusals>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<EntityDesk>();
        services.AddSingleton<TenantLookup>();
        services.AddSingleton<CallerReader>();
        services.AddSingleton<SessionSeal>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<RevokedSessions>();
        services.AddHostedService(provider => provider.GetRequiredService<RevokedSessions>());
        services.AddSingleton<SignInGuard>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<AnnouncementAudio>();
        services.AddSingleton<UploadSeats>();
        services.AddSingleton<IdempotencyKeys>();
        services.AddSingleton<CallOrders>();
        services.AddSingleton<EventSeats>();
        services.AddTeleCubeDocument();
        return services;
    }

    /// <summary>The routes of <c>/api/v1</c>, the document and its page.</summary>
    public static WebApplication MapTeleCubeApi(this WebApplication web)
    {
        web.UseRequestIds();
        web.UseExceptionHandler(_ => { });
        web.UseStatusCodePages(context => Refused.With(Problems.OfStatus(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
        web.UseAuthentication();
        web.UseAuthorization();
        web.MapDocument();

        var api = web.MapGroup("/api/v1");
        api.MapSessions();
        api.MapGroup("/tenants/{tenantId}").ForTenant().MapTenantResources();
        api.MapGroup("/operator").ForOperator().MapOperatorResources();
        return web;
    }

    static void MapTenantResources(this RouteGroupBuilder tenant)
    {
        tenant.MapTenant();
        tenant.MapExtensions();
        tenant.MapVoicemail();
        tenant.MapVoicemails();
        tenant.MapExternalNumbers();
        tenant.MapPhoneNumbers();
        tenant.MapAnnouncements();
        tenant.MapPrompts();
        tenant.MapMusicClasses();
        tenant.MapSchemes();
        tenant.MapSwitches();
        tenant.MapQueues();
        tenant.MapAgents();
        tenant.MapRingGroups();
        tenant.MapUsers();
        tenant.MapApiTokens();
        tenant.MapSettings();
        tenant.MapCalls();
        tenant.MapCdrs();
        tenant.MapSms();
        tenant.MapEvents();
    }

    static void MapOperatorResources(this RouteGroupBuilder routes)
    {
        routes.MapTenants();
        routes.MapNumberPool();
        routes.MapTrunks();
        routes.MapTariffs();
        routes.MapPackages();
        routes.MapNodes();
        routes.MapBans();
        routes.MapQuarantine();
        routes.MapAudit();
        routes.MapUnassignedCalls();
    }
}
