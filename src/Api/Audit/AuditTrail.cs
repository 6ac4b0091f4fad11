using System.Net;
using System.Text.Json;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Identity;

namespace TeleCube.Api.Audit;

/// <summary>Says who makes the current request, from where, and what is being done by it.</summary>
public sealed class AuditTrail(IHttpContextAccessor requests, AuditSpool spool, TimeProvider clock)
{
    /// <summary>For what the caller of the current request does.</summary>
    public AuditEntry Entry(AuditSubject subject)
    {
        var caller = Caller.Of(Request.User) ?? throw new InvalidOperationException("nobody is signed in on a route that changes something");
        return Entry(subject, ActorOf(caller));
    }

    public AuditEntry Entry(AuditSubject subject, AuditActor actor, string? refusal = null)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var now = clock.GetUtcNow();
        return new AuditEntry
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            At = now,
            Action = subject.Action,
            Actor = actor,
            Tenant = subject.Tenant?.Value,
            Resource = subject.Resource,
            ResourceId = subject.ResourceId,
            Verb = Request.Request.Method,
            Address = AddressOf(Request.Connection.RemoteIpAddress),
            RequestId = Request.TraceIdentifier,
            Refusal = refusal,
        };
    }

    /// <summary>For what changes no actor. It comes before the deed, so that none goes unrecorded; with the store away it waits in memory.</summary>
    public Task Write(AuditEntry entry, CancellationToken stop) => spool.Write(entry, stop);

    public Task Write(AuditSubject subject, CancellationToken stop) => Write(Entry(subject), stop);

    public static AuditActor ActorOf(User user, AuditActorKind kind = AuditActorKind.User)
    {
        ArgumentNullException.ThrowIfNull(user);
        return new(kind, user.Login, user.Id.Value, RoleOf(user.Role));
    }

    HttpContext Request => requests.HttpContext ?? throw new InvalidOperationException("there is no request");

    static AuditActor ActorOf(Caller caller) => caller switch
    {
        { IsOperator: true } => new(AuditActorKind.Operator, caller.Name, Role: "operator"),
        { Session: { } session } => new(AuditActorKind.User, caller.Name, session.User.Value, RoleOf(caller.Role)),
        _ => new(AuditActorKind.ApiToken, caller.Token?.Value ?? caller.Name, Role: RoleOf(caller.Role)),
    };

    static string RoleOf(UserRole role) => JsonNamingPolicy.CamelCase.ConvertName(role.ToString());

    static string? AddressOf(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
}
