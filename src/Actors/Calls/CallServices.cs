using Microsoft.Extensions.Logging;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Media;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Schemes.Decisions;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Sharding;
using TeleCube.Media;

namespace TeleCube.Actors.Calls;

/// <summary>What the calls of one node share.</summary>
public sealed record CallServices(
    CallWorld World, ISignalling Signalling, IMediaEngine Engine, MediaDesk Desk, ShardRegion Region, LiveCalls Live, TimeProvider Clock,
    ILogger<CallActor> Log)
{
    /// <summary>Where callers' words are written while they speak.</summary>
    public required RecordingFolder Recordings { get; init; }

    /// <summary>Asks servers of tenants where calls go on.</summary>
    public required IDecisions Decisions { get; init; }
}
