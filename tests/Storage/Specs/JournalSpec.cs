using System.Text;
using TeleCube.Kernel.Persistence;
using TeleCube.Storage.Tests.Fixtures;

namespace TeleCube.Storage.Tests.Specs;

/// <summary>What every journal does.</summary>
public abstract class JournalSpec(StoreFixture store)
{
    [Fact]
    public async Task Reads_back_what_was_appended()
    {
        var call = Samples.NewCall();
        var append = store.Append(call, first: 1, count: 3);

        Assert.Equal(AppendOutcome.Committed, await store.Journal.Append(append));

        var events = await store.Journal.Events(call);
        Assert.Equal(append.Events.Select(e => (e.EventId, e.SequenceNr, e.Type, e.Version, e.At)),
            events.Select(e => (e.EventId, e.SequenceNr, e.Type, e.Version, e.At)));
        Assert.All(events, e => Assert.Equal("""{"é":1}""", Encoding.UTF8.GetString(e.Payload.Span)));
    }

    [Fact]
    public async Task Replays_from_a_lower_bound()
    {
        var call = Samples.NewCall();
        await store.Journal.Append(store.Append(call, first: 1, count: 5));

        Assert.Equal([4L, 5L], (await store.Journal.Events(call, from: 4)).Select(e => e.SequenceNr));
        Assert.Empty(await store.Journal.Events(call, from: 6));
    }

    [Fact]
    public async Task An_unknown_actor_has_no_events() => Assert.Empty(await store.Journal.Events(Samples.NewCall()));

    [Fact]
    public async Task Reads_a_stream_longer_than_a_page()
    {
        var call = Samples.NewCall();
        for (var first = 1; first <= 1001; first += 143) await store.Journal.Append(store.Append(call, first, 143));

        Assert.Equal(Enumerable.Range(1, 1001).Select(nr => (long)nr), (await store.Journal.Events(call)).Select(e => e.SequenceNr));
    }

    [Fact]
    public async Task Keeps_an_event_of_a_megabyte()
    {
        var call = Samples.NewCall();
        var large = Samples.Event(1, $"\"{new string('x', 1 << 20)}\"");

        await store.Journal.Append(store.Append(call, 1) with { Events = [large] });

        Assert.Equal(large.Payload.ToArray(), (await store.Journal.Events(call))[0].Payload.ToArray());
    }

    [Theory]
    [InlineData(1, 1)] // again
    [InlineData(1, 3)] // a gap
    [InlineData(2, 1)]
    public async Task A_sequence_number_out_of_turn_is_a_conflict(int appended, long next)
    {
        var call = Samples.NewCall();
        await store.Journal.Append(store.Append(call, 1, appended));

        Assert.Equal(AppendStatus.SequenceConflict, await store.Commit(call, next));
        Assert.Equal(appended, (await store.Journal.Events(call)).Count);
    }

    [Fact]
    public async Task A_repeat_with_the_same_ids_is_taken_once()
    {
        var call = Samples.NewCall();
        var append = store.Append(call, 1, 2);

        Assert.Equal(AppendOutcome.Committed, await store.Journal.Append(append));
        Assert.Equal(AppendOutcome.Committed, await store.Journal.Append(append));

        Assert.Equal(2, (await store.Journal.Events(call)).Count);
        Assert.Equal(AppendStatus.Committed, await store.Commit(call, 3));
    }

    [Fact]
    public async Task A_stream_begins_at_one() => Assert.Equal(AppendStatus.SequenceConflict, await store.Commit(Samples.NewCall(), 2));

    [Fact]
    public async Task Another_epoch_is_fenced()
    {
        var call = Samples.NewCall();
        var stale = store.Append(call, 1);

        var outcome = await store.Journal.Append(stale with { Epoch = stale.Epoch - 1, Writes = [new StoreWrite.Remember(call)] });

        Assert.Equal(AppendStatus.Fenced, outcome.Status);
        Assert.Empty(await store.Journal.Events(call));
        Assert.DoesNotContain(call, await store.Directory.Remembered(call.Shard).ToListAsync());
    }

    [Fact]
    public async Task A_refused_append_fails_alone()
    {
        var (fenced, repeated, holder, late) = (Samples.NewCall(), Samples.NewCall(), Samples.NewCall(), Samples.NewCall());
        await store.Commit(repeated, 1);
        await store.Commit(holder, 1, new StoreWrite.Claim("number", holder.Tenant.Value, holder.Tenant));
        var good = Enumerable.Range(0, 20).Select(_ => Samples.NewCall()).ToList();

        var stale = store.Append(fenced, 1);
        var bad = new[]
        {
            store.Journal.Append(stale with { Epoch = stale.Epoch + 1 }),
            store.Journal.Append(store.Append(repeated, 1)),
            store.Journal.Append(store.Append(late, 1, 1, new StoreWrite.Claim("number", holder.Tenant.Value, late.Tenant))),
        };
        var outcomes = await Task.WhenAll(good.Select(call => store.Journal.Append(store.Append(call, 1, 2))));

        Assert.All(outcomes, outcome => Assert.Equal(AppendOutcome.Committed, outcome));
        Assert.Equal([AppendStatus.Fenced, AppendStatus.SequenceConflict, AppendStatus.Taken], (await Task.WhenAll(bad)).Select(outcome => outcome.Status));
        Assert.Empty(await store.Journal.Events(late));
        foreach (var call in good) Assert.Equal(2, (await store.Journal.Events(call)).Count);
    }

    [Fact]
    public async Task Appends_of_one_actor_in_a_row_keep_their_order()
    {
        var call = Samples.NewCall();

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 50).Select(nr => store.Journal.Append(store.Append(call, nr))));

        Assert.All(outcomes, outcome => Assert.Equal(AppendOutcome.Committed, outcome));
        Assert.Equal(50, (await store.Journal.Events(call)).Count);
    }

    [Fact]
    public async Task Many_actors_append_at_once()
    {
        var calls = Enumerable.Range(0, 200).Select(_ => Samples.NewCall()).ToList();

        await Task.WhenAll(calls.Select(async call =>
        {
            for (var nr = 1; nr <= 5; nr++) Assert.Equal(AppendStatus.Committed, await store.Commit(call, nr));
        }));

        foreach (var call in calls) Assert.Equal(5, (await store.Journal.Events(call)).Count);
    }

    [Fact]
    public async Task An_append_may_hold_writes_only()
    {
        var call = Samples.NewCall();

        var outcome = await store.Journal.Append(store.Append(call, 1, 0, new StoreWrite.Remember(call)));

        Assert.Equal(AppendOutcome.Committed, outcome);
        Assert.Contains(call, await store.Directory.Remembered(call.Shard).ToListAsync());
    }

    [Fact]
    public async Task The_newest_snapshot_is_kept()
    {
        var call = Samples.NewCall();
        Assert.Null(await store.Journal.LoadSnapshot(call.PersistenceId));

        foreach (var nr in new[] { 5, 9, 7 })
            await store.Journal.SaveSnapshot(call.PersistenceId, new(nr, "call.state", 3, Encoding.UTF8.GetBytes($$"""{"nr":{{nr}}}""")));

        var snapshot = await store.Journal.LoadSnapshot(call.PersistenceId);
        Assert.Equal((9, "call.state", 3), (snapshot!.SequenceNr, snapshot.Type, snapshot.Version));
        Assert.Equal("""{"nr":9}""", Encoding.UTF8.GetString(snapshot.Payload.Span));
    }
}
