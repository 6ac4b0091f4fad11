using System.Diagnostics.CodeAnalysis;

namespace TeleCube.Api;

/// <summary>What the node tells the API about itself.</summary>
public sealed record ApiSettings
{
    public required string OperatorToken { get; init; }

    /// <summary>At least 32 random bytes, the same on every node and after every restart: it signs the sessions of users.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "a key is bytes")]
    public required byte[] SigningKey { get; init; }

    /// <summary>How long a user stays signed in without doing anything.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>The digest realm with which extensions' passwords are hashed; the exchange's SIP domain.</summary>
    public required string SipRealm { get; init; }

    public required string NodeId { get; init; }

    /// <summary>Whether webhooks may go to addresses that are not the public Internet's.</summary>
    public bool AllowsPrivateWebhooks { get; init; }

    /// <summary>In which callers are spoken to; null: in any that there is.</summary>
    public string? Language { get; init; }
}
