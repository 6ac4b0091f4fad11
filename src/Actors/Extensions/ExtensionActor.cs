using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TeleCube.Actors.News;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Registrations;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Extensions;

/// <summary>What an extension's actor needs around it.</summary>
public sealed record ExtensionServices(
    IRegistrationStore Store, PhoneRegistry Phones, RegistrarOptions Registrar, TimeProvider Clock, ILogger<ExtensionActor> Log);

/// <summary>
/// The phones of one extension. <see cref="Registrar"/> decides; a change is answered and published
/// only when the store has it. While the store is asked, further messages wait.
/// </summary>
public sealed class ExtensionActor(TenantId tenant, ExtensionNumber number, ExtensionServices services) : Actor
{
    const string ExpiryTimer = "expiry";
    static readonly TimeSpan _loadAgainAfter = TimeSpan.FromSeconds(1);

    ImmutableArray<RegistrationRow> _bindings = [];
    RegistrarDecision? _storing;
    bool _inDoubt;
    ActorRef _storingFor = ActorRef.Nobody;

    protected override void PreStart() => Load();

    protected override void Receive(object message)
    {
        switch (message)
        {
            case ExtensionMessage.Register(var request): Register(request); break;
            case ExtensionMessage.GetContacts: Reply(new ExtensionMessage.Contacts(services.Phones.Of(tenant, number))); break;
            case ExtensionMessage.ConnectionClosed(var flow): Drop(binding => IsLost(binding, flow), UnregisterReason.ConnectionClosed); break;
            case ExtensionMessage.ExpireBindings: Drop(binding => binding.ExpiresAt <= services.Clock.GetUtcNow(), UnregisterReason.Expired); break;
            case ExtensionMessage.Remove: Drop(_ => true, UnregisterReason.ExtensionDeleted); break;
            case ExtensionMessage.Wake: if (_bindings is []) Passivate(); break;
            default: Unhandled(message); break;
        }
    }

    void Load()
    {
        Become(Loading);
        var load = services.Store.Load(tenant, number.Value);
        _ = Tell(Self, load, rows => new ExtensionMessage.Loaded(rows), why => new ExtensionMessage.LoadFailed(why));
    }

    void Loading(object message)
    {
        switch (message)
        {
            case ExtensionMessage.Loaded(var rows):
                // A connection of an earlier life of this node is gone, and its id may be another's now.
                var (connected, others) = (rows.Where(IsConnection), rows.Where(row => !IsConnection(row)));
                var moved = connected.Select(row => row with { Flow = null }).ToList();
                Become([.. others, .. moved.Where(IsReachable)]);
                if (moved.Where(row => !IsReachable(row)).ToImmutableArray() is { Length: > 0 } lost)
                    _ = Tell(Self, Forget(lost, UnregisterReason.ConnectionClosed), null, null);
                Unbecome();
                UnstashAll();
                break;
            case ExtensionMessage.LoadFailed(var why):
                services.Log.Of(EntityKinds.Extension(tenant, number)).LogWarning("The registrations cannot be read: {Reason}", why);
                Timers.After("load", _loadAgainAfter, new ExtensionMessage.LoadAgain());
                break;
            case ExtensionMessage.LoadAgain: Load(); break;
            default: Stash(); break;
        }
    }

    void Register(RegisterRequest request)
    {
        var decision = Registrar.Decide(tenant, number, _bindings, request, services.Clock.GetUtcNow(), services.Registrar);
        if (decision.ChangesNothing)
        {
            Reply(decision);
            return;
        }

        (_storing, _storingFor) = (decision, Sender);
        Become(Storing);
        _ = Tell(Self, Store(decision), _ => new ExtensionMessage.Stored(), why => new ExtensionMessage.StoreFailed(why));
    }

    void Storing(object message)
    {
        switch (message)
        {
            case ExtensionMessage.Stored:
                _inDoubt = false;
                Announce(_storing!);
                Become(_storing!.Bindings);
                Answer(_storing);
                break;
            case ExtensionMessage.StoreFailed(var why):
                _inDoubt = true;
                services.Log.Of(EntityKinds.Extension(tenant, number)).LogWarning("A registration cannot be stored: {Reason}", why);
                Answer(RegistrarDecision.Refuse(_bindings, 503, null));
                break;
            case ExtensionMessage.GetContacts: Receive(message); break;
            default: Stash(); break;
        }
    }

    void Answer(RegistrarDecision decision)
    {
        _storingFor.Tell(decision, Self);
        (_storing, _storingFor) = (null, ActorRef.Nobody);
        Unbecome();
        UnstashAll();
    }

    /// <summary>Takes bindings away. Should the store not hear of it, they expire there by themselves.</summary>
    void Drop(Func<RegistrationRow, bool> isGone, UnregisterReason reason)
    {
        var gone = _bindings.Where(isGone).ToImmutableArray();
        if (gone is not [])
        {
            _ = Tell(Self, Forget(gone, reason), null, null);
            foreach (var binding in gone) Publish(binding, reason);
            Become(_bindings.RemoveRange(gone));
        }

        if (_bindings is []) Passivate();
        else ArmExpiry();
    }

    void Become(ImmutableArray<RegistrationRow> bindings)
    {
        _bindings = bindings;
        services.Phones.Publish(tenant, number, bindings);
        ArmExpiry();
    }

    void ArmExpiry()
    {
        if (_bindings is []) Timers.Cancel(ExpiryTimer);
        else Timers.At(ExpiryTimer, _bindings.Min(binding => binding.ExpiresAt), new ExtensionMessage.ExpireBindings());
    }

    void Announce(RegistrarDecision decision)
    {
        foreach (var binding in decision.Upserts.ExceptBy(_bindings.Select(old => old.Contact), binding => binding.Contact))
            Context.System.EventStream.Publish(new ExtensionRegistered(
                tenant, number, binding.Contact, binding.Received, binding.UserAgent, binding.RegisteredAt, binding.ExpiresAt));
        foreach (var binding in decision.Gone) Publish(binding, UnregisterReason.Removed);
    }

    void Publish(RegistrationRow gone, UnregisterReason reason) =>
        Context.System.EventStream.Publish(new ExtensionUnregistered(tenant, number, gone.Contact, reason, services.Clock.GetUtcNow()));

    async Task<bool> Store(RegistrarDecision decision)
    {
        var now = services.Clock.GetUtcNow();
        var stored = await Stored().ConfigureAwait(false);
        var added = decision.Upserts.ExceptBy(stored, binding => binding.Contact).Select(RegistrationNews.Added);
        var removed = decision.Gone.IntersectBy(stored, gone => gone.Contact).Select(gone => RegistrationNews.Removed(gone, UnregisterReason.Removed, now));
        await services.Store.Change(decision.Upserts, [.. decision.Gone.Select(gone => gone.Key)], [.. added, .. removed]).ConfigureAwait(false);
        return true;
    }

    async Task<bool> Forget(ImmutableArray<RegistrationRow> gone, UnregisterReason reason)
    {
        var now = services.Clock.GetUtcNow();
        await services.Store.Change(
            [], [.. gone.Select(binding => binding.Key)], [.. gone.Select(binding => RegistrationNews.Removed(binding, reason, now))]).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// The contacts that the store has: what a REGISTER of unknown outcome has written was told then, and is not told again by its repetition.
    /// </summary>
    async Task<IReadOnlyList<string>> Stored() =>
        [.. (_inDoubt ? await services.Store.Load(tenant, number.Value).ConfigureAwait(false) : _bindings).Select(binding => binding.Contact)];

    static async Task Tell<T>(ActorRef self, Task<T> work, Func<T, ExtensionMessage>? done, Func<string, ExtensionMessage>? failed)
    {
        try
        {
            var result = await work.ConfigureAwait(false);
            if (done is not null) self.Tell(done(result));
        }
        catch (Exception failure)
        {
            if (failed is not null) self.Tell(failed(failure.Message));
        }
    }

    static bool IsConnection(RegistrationRow row) => new FlowId(row.Flow ?? 0).IsConnection;

    static bool IsReachable(RegistrationRow row) => LiveContact.Of(row) is { Target.FlowOnly: false };

    /// <summary>Only a phone that cannot be called by a new connection is lost with its old one.</summary>
    static bool IsLost(RegistrationRow binding, FlowId flow) => binding.Flow == flow.Value && !IsReachable(binding);
}
