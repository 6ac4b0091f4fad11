using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using TeleCube.Actors.Calls.Model;
using TeleCube.Kernel.Actors;
using TeleCube.Media;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Media;

/// <summary>
/// The core's side of the media engine: gives out stream ids and ports, and brings the engine's events to the calls
/// that own the streams. A port goes back to the pool when the engine says that it is closed.
/// </summary>
public sealed class MediaDesk(MediaPortPool ports, params IReadOnlyList<MediaAddress> addresses) : IStreams, IMediaListener
{
    const int MostTries = 50;
    const int SdesKeyBytes = 30; // RFC 4568 §6.1: 16 of master key and 14 of salt

    readonly ConcurrentDictionary<StreamId, Owner> _owners = new();
    readonly ConcurrentDictionary<string, Action<MediaEvent.RecordingEnded>> _recordings = new(StringComparer.Ordinal);
    long _lastStream;
    long _lastPlay;

    /// <summary>Where streams of a family are bound; an exchange with one family has that for all.</summary>
    public IPAddress BindOf(AddressFamily family) => Of(family).Bind;

    /// <summary>Streams that are open or closing.</summary>
    public int Open => _owners.Count;

    public int PortsInUse => ports.InUse;

    public bool HasRoom => ports.HasRoom;

    /// <summary>A port that another program holds is put back to rest and the next one taken.</summary>
    public StreamSlot? Reserve(AddressFamily family, bool emergency = false)
    {
        var address = Of(family);
        for (var tries = 0; tries < MostTries && ports.Take(emergency) is { } port; tries++)
        {
            if (MediaPortPool.IsFree(address.Bind, port) && MediaPortPool.IsFree(address.Bind, port + 1)) return Slot(address, port);
            ports.Release(port);
        }

        return null;
    }

    public StreamSlot? Reserve(AddressFamily family, int port) => ports.TryTake(port) ? Slot(Of(family), port) : null;

    public void Return(StreamSlot slot) => ports.Release(slot.Port);

    public PlayId NextPlay() => new(Interlocked.Increment(ref _lastPlay));

    /// <summary>From now on the events of the stream go to this actor.</summary>
    public void Own(StreamId stream, int port, ActorRef owner) => _owners[stream] = new Owner(owner, port);

    /// <summary>Says when the recorder is done with this file: also when its call is over by then.</summary>
    public void Await(string recording, Action<MediaEvent.RecordingEnded> ended) => _recordings[recording] = ended;

    public bool IsRecording(string path) => _recordings.ContainsKey(path);

    public void Heard(MediaEvent happened)
    {
        if (happened is MediaEvent.RecordingEnded whole && _recordings.TryRemove(whole.Path, out var tell)) tell(whole);
        var stream = StreamOf(happened);
        if (!_owners.TryGetValue(stream, out var owner)) return;
        if (happened is MediaEvent.Closed or MediaEvent.Failed && _owners.TryRemove(stream, out _)) ports.Release(owner.Port);
        owner.Actor.Tell(new CallCommand.Media(happened));
    }

    MediaAddress Of(AddressFamily family) => addresses.FirstOrDefault(address => address.Bind.AddressFamily == family) ?? addresses[0];

    StreamSlot Slot(MediaAddress address, int port) =>
        new(new StreamId(Interlocked.Increment(ref _lastStream)), port, $"{address.Advertised}",
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(SdesKeyBytes)));

    static StreamId StreamOf(MediaEvent happened) => happened switch
    {
        MediaEvent.Opened e => e.Stream,
        MediaEvent.Failed e => e.Stream,
        MediaEvent.Latched e => e.Stream,
        MediaEvent.Dtmf e => e.Stream,
        MediaEvent.PlayEnded e => e.Stream,
        MediaEvent.DtmfSent e => e.Stream,
        MediaEvent.Lost e => e.Stream,
        MediaEvent.Resumed e => e.Stream,
        MediaEvent.Silent e => e.Stream,
        MediaEvent.Quality e => e.Stream,
        MediaEvent.RecordingEnded e => e.A,
        MediaEvent.Closed e => e.Stream,
        _ => default,
    };

    readonly record struct Owner(ActorRef Actor, int Port);
}
