using Microsoft.Extensions.Logging;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Platform;
using TeleCube.Sip.Transactions;

namespace TeleCube.Actors.Trunks;

/// <summary>What a trunk's actor needs around it.</summary>
public sealed record TrunkServices(
    TrunkRegistry Registry, IPlatform Platform, ITrunkSip Sip, LiveCalls Live, IRandomSource Random, TimeProvider Clock, ILogger<TrunkActor> Log);
