using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Extensions;

/// <summary>Published on the event stream when a phone that was not registered is.</summary>
public sealed record ExtensionRegistered(
    TenantId Tenant, ExtensionNumber Extension, string Contact, string? Received, string? UserAgent, DateTimeOffset At, DateTimeOffset ExpiresAt);

/// <summary>Published on the event stream when a phone is registered no more.</summary>
public sealed record ExtensionUnregistered(TenantId Tenant, ExtensionNumber Extension, string Contact, UnregisterReason Reason, DateTimeOffset At);

/// <summary>Why a phone is no longer registered.</summary>
public enum UnregisterReason { Removed, Expired, ConnectionClosed, ExtensionDeleted }
