using System.Globalization;
using System.Text;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Storage.CrashWriter;

/// <summary>One actor's appends: one to four events each, and a row and a key that must say the same as the events.</summary>
public sealed class Load(IStore store, string id, int seed)
{
    public static readonly ReadModel Model = new("progress", [new("last", ColumnKind.Integer)]);

    readonly EntityId _entity = new("call", new TenantId($"t-{id}"), id);
    readonly Random _random = new(seed);

    public async Task Run()
    {
        long last = 0;
        Append? repeated = null;
        while (true)
        {
            // An append of unknown outcome is repeated as it was until it is known: it is taken once.
            var append = repeated ?? Next(last);
            var outcome = await store.Append(append);
            if (outcome.Status == AppendStatus.Committed)
            {
                repeated = null;
                last = append.Events[^1].SequenceNr;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_entity.PersistenceId} {last}"));
            }
            else if (outcome.Status is AppendStatus.Unavailable or AppendStatus.Unknown)
            {
                // The store is away and says so at once: no need to ask it a million times a second.
                repeated = append;
                await Task.Delay(10);
            }
            else
            {
                Console.WriteLine($"! {outcome}");
            }
        }
    }

    Append Next(long last)
    {
        var count = _random.Next(1, 5);
        var end = last + count;
        // Every event names its append's bounds, so that a half one can be told.
        var payload = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"first":{{last + 1}},"last":{{end}},"filler":"{{new string('x', _random.Next(300))}}"}"""));
        return new(
            _entity.PersistenceId, _entity.Shard, store.Ownership.EpochOf(_entity.Shard) ?? 0,
            [.. Enumerable.Range(1, count).Select(i => new NewEvent(Guid.NewGuid(), last + i, "progress", 1, payload, DateTimeOffset.UtcNow))],
            [
                new StoreWrite.Upsert("progress", _entity.Tenant, id, new Dictionary<string, object?> { ["last"] = end }, string.Create(CultureInfo.InvariantCulture, $$"""{"last":{{end}}}""")),
                new StoreWrite.Claim("last", string.Create(CultureInfo.InvariantCulture, $"{id}-{end}"), _entity.Tenant), new StoreWrite.Remember(_entity),
            ]);
    }
}
