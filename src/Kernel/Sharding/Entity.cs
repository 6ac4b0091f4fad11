using TeleCube.Kernel.Actors;

namespace TeleCube.Kernel.Sharding;

/// <summary>One incarnation of a sharded actor as its region sees it, and the keeper of the messages that meet its end.</summary>
sealed class Entity(ShardRegion region, EntityId id, long epoch, bool begins)
{
    readonly Lock _gate = new();
    List<Envelope>? _late;
    bool _begins = begins;
    bool _gone;

    public EntityId Id => id;

    public int Shard { get; } = id.Shard;

    /// <summary>The ownership under which it was started; it must not outlive it.</summary>
    public long Epoch => epoch;

    public ActorCell? Cell { get; set; }

    /// <summary>True once, if there is nothing to be recovered; whoever is restarted after a failure has a past.</summary>
    public bool TakeBeginning()
    {
        var begins = _begins;
        _begins = false;
        return begins;
    }

    /// <summary>A message came after the mailbox was closed: kept for the next incarnation, or given to it if that is there.</summary>
    public bool Redeliver(Envelope envelope)
    {
        lock (_gate)
        {
            if (!_gone)
            {
                if (_late?.Count >= region.LateCapacity) return region.Refuse(id, envelope);
                (_late ??= []).Add(envelope);
                return true;
            }
        }
        return region.TryTell(id, envelope.Message, envelope.Sender);
    }

    /// <summary>The actor has ended: what it left, then what came late, goes to the next incarnation before anything newer.</summary>
    public void Ended(List<Envelope> left)
    {
        lock (_gate)
        {
            if (_late is not null) left.AddRange(_late);
            region.Replace(this, left);
            _gone = true;
        }
    }
}
