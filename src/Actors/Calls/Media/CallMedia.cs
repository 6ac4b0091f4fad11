using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Schemes;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Sharding;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Media;

/// <summary>
/// Keeps the media engine in step with one call: after each turn it sends what differs
/// between the plan in force and the one that the state asks for.
/// </summary>
sealed class CallMedia(EntityId id, CallServices services)
{
    readonly long _group = (long)(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(id.PersistenceId)) >> 1);
    readonly HashSet<long> _settled = [];
    ImmutableArray<StreamPlan> _plan = [];
    readonly Dictionary<StreamId, PlayId> _plays = [];
    (int Serial, ImmutableArray<SoundId> Sounds, PlaySource? Source) _sound = (0, [], null);
    (CallId Call, StreamId Stream, bool Holds)? _partner;
    (CallId Call, StreamId Stream, bool Holds)? _offered;

    public IReadOnlyCollection<StreamId> Streams => [.. _plan.Select(plan => plan.Stream)];

    /// <summary>Remembers the stream of the call that offers to join; it is not journaled, since it changes with every restart.</summary>
    public void Took(CallCommand command)
    {
        switch (command)
        {
            case CallCommand.Join join: _offered = (join.From, join.Stream, false); break;
            case CallCommand.JoinAccepted accepted: _offered = (accepted.By, accepted.Stream, false); break;
        }
    }

    public void PartnerIs(CallCommand.PartnerMedia partner, CallState call, ActorRef self)
    {
        _partner = (partner.From, partner.Stream, partner.Held);
        Follow(call, self);
    }

    /// <summary>The engine's events go to this incarnation: a late one must not start another.</summary>
    public void Follow(CallState call, ActorRef self)
    {
        if (_offered is { } offer && call.Partner?.Call == offer.Call) (_partner, _offered) = (offer, null); // a refused offer changes nothing
        var partner = call.Partner is { } joined && _partner?.Call == joined.Call ? _partner : null;
        var prompt = call.Announcement is { } announcement ? services.World.Prompt(call.Tenant, announcement.Prompt) : null;
        if (call.Scheme?.Wait is SchemeWait.Playing playing) prompt = Sound(call, playing.Serial, playing.Sounds);
        else if (call.Scheme?.Wait is SchemeWait.Queueing queueing)
            prompt = (queueing.Sounds.IsEmpty ? null : Sound(call, queueing.Serial, queueing.Sounds)) ?? QueueSounds.Music(services.World, call, queueing);
        if (call.Parking is { Tells: not null } parking) prompt = ParkedCalls.Spoken(services.World, call, parking.Slot);
        var question = call.Legs.Any(leg => leg is { Live: true, AwaitsKey: true }) ? PressOne.Question(services.World, call.Tenant) : null;
        var plan = MediaPlan.For(call, partner?.Stream, partner?.Holds ?? false, services.World.MusicOnHold(call.Tenant), prompt, question);
        foreach (var command in MediaDifference.Between(_plan, plan, _group, services.Desk.BindOf, services.Desk.NextPlay))
        {
            if (command is MediaCommand.Play play) _plays[play.Stream] = play.Id;
            if (command is MediaCommand.Open open)
            {
                _settled.Add(open.Stream.Value);
                services.Desk.Own(open.Stream, open.Port, self);
            }

            services.Engine.Send(command);
        }

        foreach (var command in MediaWatches.Between(_plan, plan, call, services.World.Options.MediaTimeout)) services.Engine.Send(command);
        foreach (var command in MediaRecordings.Between(_plan, plan, call, services)) services.Engine.Send(command);
        _plan = plan;
        Abandon(call, except: plan);
        if (_settled.Count > 2 * (call.Legs.Length + plan.Length)) _settled.IntersectWith(call.Legs.Select(leg => leg.Media?.Stream ?? 0)); // of legs that are not kept
    }

    /// <summary>Looked for once: who listens hears to its end what began, though it be replaced meanwhile.</summary>
    PlaySource? Sound(CallState call, int serial, ImmutableArray<SoundId> sounds)
    {
        if (_sound.Serial != serial || !_sound.Sounds.SequenceEqual(sounds)) _sound = (serial, sounds, InScheme.Source(services.World, call, sounds));
        return _sound.Source;
    }

    /// <summary>The end of something that has made way for another: nobody waits for it.</summary>
    public bool IsStale(MediaEvent.PlayEnded ended) => _plays.GetValueOrDefault(ended.Stream) != ended.Id;

    /// <summary>Recovered: streams that the journal names were of another process, and what it reserved is gone with it.</summary>
    public void Forget(CallState call) => _settled.UnionWith(call.Legs.Select(leg => leg.Media?.Stream ?? 0));

    /// <summary>What was reserved and is not opened goes back: the turn was not journaled, or the call was refused in the turn in which it began.</summary>
    public void Abandon(CallState call) => Abandon(call, _plan);

    void Abandon(CallState call, ImmutableArray<StreamPlan> except)
    {
        foreach (var media in call.Legs.Select(leg => leg.Media).OfType<LegMedia>().Where(media => except.All(plan => plan.Stream.Value != media.Stream)))
            if (_settled.Add(media.Stream)) services.Desk.Return(new StreamSlot(new StreamId(media.Stream), media.Port, media.Address, ""));
    }

    /// <summary>The actor stops: whatever is open is closed.</summary>
    public void Release()
    {
        foreach (var plan in _plan) services.Engine.Send(new MediaCommand.Close(plan.Stream));
        _plan = [];
    }
}
