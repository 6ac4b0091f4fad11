using TeleCube.Actors.Extensions;
using TeleCube.Actors.News;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Tenants;

/// <summary>Asks a tenant's actor for its state.</summary>
public sealed record GetTenant;

/// <summary>What a tenant's actor needs around it.</summary>
public sealed record TenantServices(
    TenantRegistry Registry, IPlatform Platform, INumberInfo Plan, IRegistrationStore Registrations, ShardRegion Region, TimeProvider Clock)
{
    /// <summary>Whether schemes may ask addresses that are not the public Internet's (<c>telecube.webhooks.allow-private</c>).</summary>
    public bool AllowsPrivateWebhooks { get; init; }

    /// <summary>In which callers are spoken to.</summary>
    public string? Language { get; init; }
}

/// <summary>
/// One company. <see cref="Tenant"/> decides; this shell keeps the directory's keys and publishes each state for the call router.
/// </summary>
public sealed class TenantActor(TenantId id, TenantServices services)
    : PersistentActor<TenantState, TenantEvent>(EntityKinds.Tenant(id).PersistenceId, TenantState.Initial, Tenant.Apply)
{
    static readonly TimeSpan _findAgainAfter = TimeSpan.FromSeconds(1);

    sealed record FindPhones;

    sealed record PhonesFound(IReadOnlyList<string>? Extensions);

    protected override int SnapshotEvery => 100;

    protected override void Receive(object message)
    {
        switch (message)
        {
            case TenantCommand command: Settle(Tenant.Decide(State, command, Around()), Confirmation(command)); break;
            case GetTenant: Reply(State); break;
            case PhonesFound found: Wake(found.Extensions); break;
            case FindPhones: FindPhonesOfEarlierLife(); break;
            default: Unhandled(message); break;
        }
    }

    protected override void React(TenantEvent happened)
    {
        services.Registry.Publish(State);
        Context.System.EventStream.Publish(new TenantChanged(id, happened));
        if (happened is not TenantEvent.ExtensionDeleted(var number)) return;
        services.Region.Tell(EntityKinds.Extension(id, number), new ExtensionMessage.Remove());
        services.Region.Tell(MailboxEntity.Of(id, number), new MailboxCommand.Clear());
    }

    protected override void Resume()
    {
        if (State.Status == TenantStatus.None) return;
        services.Registry.Publish(State);
        FindPhonesOfEarlierLife();
    }

    protected override void PostStop() => services.Registry.Withdraw(id);

    protected override IEnumerable<StoreWrite> Project(TenantEvent happened, TenantState after) =>
        [.. TenantWrites.Of(State, happened, after), .. SchemeArchive.Writes(State, happened, after), .. ConfigurationNews.Of(id, happened, services.Clock.GetUtcNow())];

    /// <summary>
    /// Extensions whose phones are registered must be started after a restart, or nobody could call them before they register again.
    /// </summary>
    void FindPhonesOfEarlierLife() => _ = Find(Self);

    async Task Find(ActorRef self)
    {
        try
        {
            var rows = await services.Registrations.LoadAll(id).ConfigureAwait(false);
            self.Tell(new PhonesFound([.. rows.Select(row => row.Extension).Distinct()]));
        }
        catch (StoreUnavailableException)
        {
            self.Tell(new PhonesFound(null));
        }
    }

    void Wake(IReadOnlyList<string>? extensions)
    {
        if (extensions is null) Timers.After("find phones", _findAgainAfter, new FindPhones());
        foreach (var extension in extensions ?? [])
            if (ExtensionNumber.TryParse(extension, out var number))
                services.Region.Tell(EntityKinds.Extension(id, number), new ExtensionMessage.Wake());
    }

    TenantContext Around() => new(services.Clock.GetUtcNow(), services.Plan, services.Platform.Current.TariffOf(State))
    {
        AllowsPrivateWebhooks = services.AllowsPrivateWebhooks,
        Language = services.Language,
    };

    /// <summary>What the platform waits for before it stops repeating itself; anybody else is answered as usual.</summary>
    PlatformCommand? Confirmation(TenantCommand command) => command switch
    {
        TenantCommand.Adopt(var profile) => new PlatformCommand.ConfirmTenant(id, profile.Version),
        TenantCommand.AdoptNumber(var number, _) => new PlatformCommand.ConfirmNumber(number, id, Taken: true),
        TenantCommand.DropNumber(var number) => new PlatformCommand.ConfirmNumber(number, id, Taken: false),
        _ => null,
    };
}

/// <summary>Published on the event stream after each durable change of a tenant.</summary>
public sealed record TenantChanged(TenantId Tenant, TenantEvent Happened);
