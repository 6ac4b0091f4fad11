using TeleCube.Actors.Trunks;

namespace TeleCube.Api.Operator;

/// <summary>A trunk without its passwords, and its state.</summary>
public sealed record TrunkView(
    string Id, string Name, string Host, int Port, TrunkTransport Transport, bool Enabled, TrunkRegistrationView? Registration,
    string? OutboundUser, string? InboundUser, TrunkUserView? Outbound, TrunkUserView? Inbound, IReadOnlyList<string> AllowedSources, TrunkNumberFormat NumbersOut, TrunkInboundNumbers NumbersIn,
    CallerIdView CallerId, int ChannelLimit, TrunkRoutingView Routing, int PingSeconds, TrunkStatusView? Status)
{
    internal static TrunkView Of(TrunkConfig trunk, TrunkStatus? status) => new(
        trunk.Id.Value, trunk.Name, trunk.Host, trunk.Port, trunk.Transport, trunk.Enabled,
        trunk.Registration is { } registration ? TrunkRegistrationView.Of(registration) : null,
        trunk.Outbound?.User, trunk.Inbound?.User, TrunkUserView.Of(trunk.Outbound), TrunkUserView.Of(trunk.Inbound), trunk.AllowedSources, trunk.NumbersOut, trunk.NumbersIn,
        new CallerIdView(trunk.CallerId.Asserted, trunk.CallerId.AllowsForeign, trunk.CallerId.Privacy),
        trunk.ChannelLimit, TrunkRoutingView.Of(trunk.Routing), (int)(trunk.PingEvery?.TotalSeconds ?? 0),
        status is null ? null : new TrunkStatusView(status.Health, status.ChannelsInUse, status.Since, status.Reason));
}

/// <summary>How we register at the carrier; never the password.</summary>
public sealed record TrunkRegistrationView(string User, string? Registrar, int ExpiresSeconds)
{
    internal static TrunkRegistrationView Of(TrunkRegistration registration) =>
        new(registration.User, registration.Registrar, (int)registration.Expires.TotalSeconds);
}

/// <summary>As whom; never the password.</summary>
public sealed record TrunkUserView(string User)
{
    internal static TrunkUserView? Of(TrunkCredentials? credentials) => credentials is null ? null : new(credentials.User);
}

/// <summary>How callers are named to the carrier and believed from it.</summary>
public sealed record CallerIdView(IdentityHeader Asserted, bool AllowsForeign, PrivacyStyle Privacy);

/// <summary>Which calls the trunk takes, and when the next one is tried.</summary>
public sealed record TrunkRoutingView(
    IReadOnlyList<string> Prefixes, int Priority, int Weight, bool CarriesShortNumbers, bool CarriesEmergency, IReadOnlyList<int> FailoverCodes)
{
    internal static TrunkRoutingView Of(TrunkRouting routing) => new(
        routing.Prefixes, routing.Priority, routing.Weight, routing.CarriesShortNumbers, routing.CarriesEmergency, routing.FailoverCodes);
}

/// <summary>How it is doing on this node; null before it has been asked.</summary>
public sealed record TrunkStatusView(TrunkHealth Health, int ChannelsInUse, DateTimeOffset Since, string? Reason);
