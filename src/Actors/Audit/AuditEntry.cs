namespace TeleCube.Actors.Audit;

/// <summary>
/// One thing that somebody did or tried: who, when, from where, and to what. A public format: fields are added, never renamed, and
/// no secret is ever one of them.
/// </summary>
public sealed record AuditEntry
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>In kebab-case, such as <c>create-extension</c>.</summary>
    public required string Action { get; init; }

    public required AuditActor Actor { get; init; }

    /// <summary>Whom it concerned; null for what belongs to the platform.</summary>
    public string? Tenant { get; init; }

    /// <summary>The kind of thing, as the API's paths name it, and which one.</summary>
    public required string Resource { get; init; }

    public string? ResourceId { get; init; }

    /// <summary>The HTTP method; <c>DTMF</c> for what was asked by keys, <c>SIP</c> for what a phone did.</summary>
    public required string Verb { get; init; }

    /// <summary>The IP address from which it was asked.</summary>
    public string? Address { get; init; }

    public required string RequestId { get; init; }

    /// <summary>Why it was refused, in kebab-case; null for what was done.</summary>
    public string? Refusal { get; init; }
}

/// <summary>Who did it. <paramref name="Name"/> is <c>operator</c>, a login, the id of an API token, or the extension or number of a telephone.</summary>
public sealed record AuditActor(AuditActorKind Kind, string Name, string? UserId = null, string? Role = null);

/// <summary>How the actor proved who it is; nobody did not.</summary>
public enum AuditActorKind { Nobody, Operator, User, ApiToken, Phone }
