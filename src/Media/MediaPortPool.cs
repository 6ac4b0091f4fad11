using System.Net;
using TeleCube.Media.Sockets;

namespace TeleCube.Media;

/// <summary>
/// Hands out even RTP ports (the odd one above is RTCP's) first in, first out: a port that was given back rests longest, and at least
/// for the quarantine, so that a late packet of an ended call never meets a new one.
/// </summary>
public sealed class MediaPortPool
{
    readonly Queue<(int Port, long ReleasedAt)> _free = new();
    readonly HashSet<int> _taken = [];
    readonly Lock _gate = new();
    readonly TimeProvider _clock;
    readonly TimeSpan _quarantine;
    readonly int _kept;

    public MediaPortPool(MediaPortOptions options, TimeProvider clock)
    {
        if (options.First < 1024 || options.Last > 65534 || options.First > options.Last)
            throw new ArgumentException($"RTP ports {options.First}-{options.Last}: wanted 1024 <= first <= last <= 65534", nameof(options));
        (_clock, _quarantine) = (clock, options.Quarantine);
        for (var port = options.First + (options.First & 1); port <= options.Last; port += 2) _free.Enqueue((port, long.MinValue));
        Capacity = _free.Count;
        _kept = Math.Min(options.KeptForEmergency, Capacity);
    }

    public int Capacity { get; }

    public int InUse { get { lock (_gate) return _taken.Count; } }

    /// <summary>Whether a call that is no emergency finds a port, if need be when it has rested.</summary>
    public bool HasRoom { get { lock (_gate) return _free.Count > _kept; } }

    /// <summary>
    /// An even port, or null when all are taken, kept or resting: the caller refuses (503). An emergency call takes one that is kept, or that rests:
    /// a stray packet in its audio is the smaller evil.
    /// </summary>
    public int? Take(bool emergency = false)
    {
        lock (_gate)
        {
            if (!_free.TryPeek(out var oldest)) return null;
            if (!emergency && (_free.Count <= _kept || IsResting(oldest.ReleasedAt))) return null;
            _free.Dequeue();
            _taken.Add(oldest.Port);
            return oldest.Port;
        }
    }

    /// <summary>Whether no other program holds the port now: a look, not a reservation.</summary>
    public static bool IsFree(IPAddress bind, int port) => UdpSocket.IsFree(bind, port);

    /// <summary>Takes a known port, as a recovered call does. False: it is in use or not in the range.</summary>
    public bool TryTake(int port)
    {
        lock (_gate)
        {
            var found = false;
            for (var turns = _free.Count; turns > 0; turns--)
            {
                var entry = _free.Dequeue();
                if (entry.Port == port) found = _taken.Add(port);
                else _free.Enqueue(entry);
            }
            return found;
        }
    }

    /// <summary>Gives a port back; a port that wasn't taken is ignored.</summary>
    public void Release(int port)
    {
        lock (_gate)
        {
            if (_taken.Remove(port)) _free.Enqueue((port, _clock.GetTimestamp()));
        }
    }

    bool IsResting(long releasedAt) => releasedAt != long.MinValue && _clock.GetElapsedTime(releasedAt) < _quarantine;
}

/// <summary>The range of RTP ports, outside the kernel's ephemeral one (32768–60999 by default), and how long a port rests after use.</summary>
public sealed record MediaPortOptions(int First = 16384, int Last = 32766)
{
    public TimeSpan Quarantine { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many RTP ports only emergency calls may take.</summary>
    public int KeptForEmergency { get; init; }
}
