using System.Globalization;
using System.Text.Json;
using TeleCube.Kernel.Sharding;
using TeleCube.Storage.CrashWriter;
using TeleCube.Storage.Tests.Fixtures;

namespace TeleCube.Storage.Tests.Crash;

/// <summary>kill -9 under load, again and again: what was acknowledged is there, and no append is half there.</summary>
public abstract class CrashSpec
{
    const int Kills = 10;

    /// <summary>The program's arguments that name the store, and the options that name the same one.</summary>
    protected abstract Task<(string[] Arguments, StoreOptions Options)> NewStore();

    [Fact]
    public async Task A_killed_writer_loses_nothing_and_leaves_nothing_half()
    {
        var (arguments, options) = await NewStore();
        var random = new Random(1);
        var acknowledged = new Acknowledged();
        for (var run = 0; run < Kills; run++)
        {
            using var writer = WriterProcess.Start([.. arguments, $"run{run}"]);
            await writer.Read(acknowledged, random.Next(200, 3000));
            await writer.KillHard(acknowledged);
        }

        await using var store = await OpenedFixture.Open(options with { NodeId = "verifier" }, Load.Model);
        await Verify(store, acknowledged);
    }

    protected static async Task Verify(IStore store, Acknowledged acknowledged)
    {
        Assert.Empty(acknowledged.Complaints);
        Assert.True(acknowledged.Streams.Count >= 40, $"only {acknowledged.Streams.Count} streams wrote anything");
        foreach (var (stream, last) in acknowledged.Streams)
        {
            var events = await store.Read(stream, 1).ToListAsync();
            Assert.True(events.Count >= last, $"{stream}: {last} was acknowledged, {events.Count} is there");
            Assert.Equal(Enumerable.Range(1, events.Count).Select(nr => (long)nr), events.Select(e => e.SequenceNr));
            // The last append is there to its end, and so are the row, the key and the entity that came with it.
            Assert.Equal(events.Count, LastOf(events[^1].Payload));
            await VerifyWrites(store, stream, events.Count);
        }
    }

    static async Task VerifyWrites(IStore store, string stream, int last)
    {
        var parts = stream.Split('/');
        var entity = new EntityId(parts[0], new TenantId(parts[1]), parts[2]);
        var row = await store.Get("progress", entity.Tenant, entity.Id);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $$"""{"last":{{last}}}"""), row?.Json);
        Assert.Equal(entity.Tenant, await store.Find("last", string.Create(CultureInfo.InvariantCulture, $"{entity.Id}-{last}")));
        Assert.Contains(entity, await store.Remembered(entity.Shard).ToListAsync());
    }

    static long LastOf(ReadOnlyMemory<byte> payload)
    {
        using var json = JsonDocument.Parse(payload);
        return json.RootElement.GetProperty("last").GetInt64();
    }
}
