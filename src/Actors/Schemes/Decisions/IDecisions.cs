using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Schemes.Decisions;

/// <summary>Asks a server of the tenant's where a call goes on.</summary>
public interface IDecisions
{
    /// <summary>Never throws for what the server or the network does: that is an answer without an exit.</summary>
    Task<Decided> Ask(TenantId company, Uri url, DecisionQuestion question, TimeSpan timeout, CancellationToken stop);
}

/// <summary>What the server is told; <paramref name="Digits"/> are the keys that the caller pressed in menus.</summary>
public sealed record DecisionQuestion(string? Caller, string? Dialled, string Digits, string CallId);

/// <summary>The exit that the server names; null: <paramref name="Why"/> there is none.</summary>
public sealed record Decided(string? Exit, string Why);
