using Microsoft.Extensions.Logging;
using TeleCube.Actors.Platform;
using TeleCube.Sip.Transactions;

namespace TeleCube.Actors.Trunks;

/// <summary>What a trunk's actor needs around it.</summary>
public sealed record TrunkServices(
    TrunkRegistry Registry, IPlatform Platform, ITrunkSip Sip, IRandomSource Random, TimeProvider Clock, ILogger<TrunkActor> Log);
