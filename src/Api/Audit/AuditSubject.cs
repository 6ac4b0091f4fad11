using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Audit;

/// <summary>What is done to what: a kebab-case action, the resource as the paths name it, and whose it is (null for the platform's).</summary>
public sealed record AuditSubject(string Action, string Resource, string? ResourceId, TenantId? Tenant = null);
