using TeleCube.Actors;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Extensions;
using TeleCube.Actors.News;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Subscriptions;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;
using TeleCube.Actors.Webhooks;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Node.Composition;

/// <summary>
/// Readies an exchange for the wire, in this order: what is set up, then the phones, then the calls that were running. A call
/// that is taken up again finds everything that it may ask for, and what it says waits for the wire.
/// </summary>
sealed class ExchangeStart(Exchange exchange, TimeProvider clock, ILogger log)
{
    const int ForgottenAtOnce = 500;

    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    static readonly TimeSpan _patienceWithCalls = TimeSpan.FromSeconds(5);

    public async Task Run(CancellationToken stop)
    {
        await ForgetExpired(stop);
        var remembered = new List<EntityId>();
        foreach (var shard in Enumerable.Range(0, Shards.Count).Where(shard => exchange.Store.Ownership.EpochOf(shard) is not null))
            await foreach (var entity in exchange.Store.Remembered(shard, stop)) remembered.Add(entity);

        await LoadPlatform(stop);
        foreach (var tenant in remembered.Where(entity => entity.Kind == EntityKinds.TenantKind)) await Load(tenant, stop);

        await SmsHistory.Load(exchange.SmsLedger, exchange.Store, clock.GetUtcNow(), stop);
        foreach (var sms in remembered.Where(entity => entity.Kind == SmsEntity.Kind)) exchange.Region.Tell(sms, new SmsCommand.Wake());
        foreach (var webhook in remembered.Where(entity => entity.Kind == WebhookEntity.Kind)) exchange.Region.Tell(webhook, new WebhookCommand.Wake());
        await Task.WhenAll(remembered.Where(entity => entity.Kind == MailboxEntity.Kind).Select(box => Open(box, stop)));
        var calls = remembered.Where(entity => entity.Kind == CallId.Kind).ToList();
        var takenUp = await Task.WhenAll(calls.Select(call => TakeUp(call, stop)));
        foreach (var queues in remembered.Where(entity => entity.Kind == DistributorEntity.Kind)) exchange.Region.Tell(queues, new WakeQueues());
        if (calls.Count > 0) log.LogInformation("{Calls} of {Remembered} calls are taken up again", takenUp.Count(done => done), calls.Count);

        // After the calls, whose state they tell.
        foreach (var (tenant, watcher) in await SubscriptionRows.Watchers(exchange.Store, clock.GetUtcNow(), stop))
            exchange.Region.Tell(EntityKinds.Subscriptions(tenant, ExtensionNumber.Parse(watcher)), new SubscriptionMessage.Wake());
    }

    /// <summary>Phones whose time ran out while no node was there to notice; before the wire, so that none registers meanwhile.</summary>
    async Task ForgetExpired(CancellationToken stop)
    {
        foreach (var some in (await exchange.Store.LoadExpired(clock.GetUtcNow(), stop)).Chunk(ForgottenAtOnce))
            await exchange.Store.Change(
                [], [.. some.Select(row => row.Key)], [.. some.Select(row => RegistrationNews.Removed(row, UnregisterReason.Expired, row.ExpiresAt))], stop);
    }

    /// <summary>
    /// What lies in a box is known before a phone asks for its lamp, and a recording that was cut off is a message before its call is taken up.
    /// </summary>
    async Task Open(EntityId box, CancellationToken stop)
    {
        try
        {
            await exchange.Region.Ask<MailboxState>(box, new GetMailbox(), _patience, stop);
        }
        catch (Exception problem) when (problem is TimeoutException or RejectedException)
        {
            log.LogError(problem, "{Box} could not be opened", box);
        }
    }

    /// <summary>
    /// Its INVITEs and ports are its own again before the wire can bring a CANCEL for the one or a new call that takes the other.
    /// </summary>
    async Task<bool> TakeUp(EntityId call, CancellationToken stop)
    {
        try
        {
            await exchange.Region.Ask<CallState>(call, new GetCall(), _patienceWithCalls, stop);
            return true;
        }
        catch (Exception problem) when (problem is TimeoutException or RejectedException)
        {
            log.Of(call).LogError(problem, "{Call} could not be taken up again", call);
            return false;
        }
    }

    /// <summary>Without it there is no trunk, no tariff and nobody who may sign in: nothing that could run.</summary>
    async Task LoadPlatform(CancellationToken stop)
    {
        try
        {
            await exchange.Region.Ask<PlatformState>(EntityKinds.Platform, new GetPlatform(), _patience, stop);
        }
        catch (Exception problem) when (problem is TimeoutException or RejectedException)
        {
            throw new StartException(
                $"the platform's own data ({EntityKinds.Platform.PersistenceId} in the journal) can't be read: {problem.Message}; mend it, or restore a backup of the store", problem);
        }
    }

    /// <summary>A company whose journal cannot be read is quarantined and stays away; that is no reason to keep the others from calling.</summary>
    async Task Load(EntityId id, CancellationToken stop)
    {
        try
        {
            var tenant = await exchange.Region.Ask<TenantState>(id, new GetTenant(), _patience, stop);
            var extensions = (await exchange.Store.LoadAll(tenant.Id, stop)).Select(row => row.Extension).Distinct();
            foreach (var extension in extensions) await LoadContacts(tenant.Id, extension, stop);
        }
        catch (Exception problem) when (problem is TimeoutException or RejectedException)
        {
            log.Of(id).LogError(problem, "{Company} could not be loaded: its phones are not served", id);
        }
    }

    async Task LoadContacts(TenantId tenant, string extension, CancellationToken stop)
    {
        if (!ExtensionNumber.TryParse(extension, out var number))
        {
            log.LogError("{Tenant} has registrations of '{Extension}', which is no extension's number", tenant, extension);
            return;
        }

        try
        {
            await exchange.Region.Ask<ExtensionMessage.Contacts>(EntityKinds.Extension(tenant, number), new ExtensionMessage.GetContacts(), _patience, stop);
        }
        catch (Exception problem) when (problem is TimeoutException or RejectedException)
        {
            log.Of(EntityKinds.Extension(tenant, number)).LogError(problem, "The phones of {Extension} could not be loaded", number);
        }
    }
}
