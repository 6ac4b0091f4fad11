using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Kernel.Tests.Persistence;

public sealed class MemoryJournalTests
{
    static readonly TenantId _acme = new("acme");
    static readonly TenantId _other = new("other");
    static readonly ReadModel _calls = new("calls",
    [
        new("started", ColumnKind.Time), new("cost", ColumnKind.Decimal), new("seconds", ColumnKind.Integer),
        new("to", ColumnKind.Text), new("answered", ColumnKind.Boolean),
    ]);

    readonly MemoryJournal _journal = new(_calls);

    [Fact]
    public async Task Events_are_read_back_from_a_lower_bound()
    {
        await Append("call/acme/1", 1, 2, 3);

        Assert.Equal([2L, 3L], await _journal.Read("call/acme/1", 2).Select(one => one.SequenceNr).ToListAsync());
        Assert.Empty(await _journal.Read("call/acme/2", 1).ToListAsync());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_sequence_number_that_does_not_follow_is_a_conflict(long sequenceNr)
    {
        await Append("call/acme/1", 1, 2);

        Assert.Equal(AppendStatus.SequenceConflict, (await Append("call/acme/1", sequenceNr)).Status);
    }

    [Fact]
    public async Task An_append_of_an_earlier_owner_is_fenced()
    {
        var epoch = _journal.TakeOver(_acme is var tenant ? Shards.Of(tenant) : 0);

        Assert.Equal(AppendStatus.Fenced, (await Append("call/acme/1", 1)).Status);
        Assert.Equal(AppendStatus.Committed, (await _journal.Append(NewAppend("call/acme/1", [1], []) with { Epoch = epoch })).Status);
    }

    [Fact]
    public async Task A_key_is_claimed_by_one_tenant_until_released()
    {
        Assert.Equal(AppendStatus.Committed, (await Claim(_acme, 1)).Status);
        Assert.Equal(AppendStatus.Committed, (await Claim(_acme, 2)).Status); // again by the same
        Assert.Equal(new AppendOutcome(AppendStatus.Taken, "number/+48221234567"), await Claim(_other, 1));
        Assert.Empty(_journal.EventsOf("tenant/other/x")); // nothing of it was written

        await _journal.Write([new StoreWrite.Release("number", "+48221234567", _other)]); // not its holder
        Assert.Equal(_acme, await _journal.Find("number", "+48221234567"));
        await _journal.Write([new StoreWrite.Release("number", "+48221234567", _acme)]);
        Assert.Null(await _journal.Find("number", "+48221234567"));
        Assert.Equal(AppendStatus.Committed, (await Claim(_other, 1)).Status);
    }

    [Fact]
    public async Task Two_claims_in_one_append_see_each_other()
    {
        StoreWrite[] both = [new StoreWrite.Claim("number", "1", _acme), new StoreWrite.Claim("number", "1", _other)];
        StoreWrite[] moved = [both[0], new StoreWrite.Release("number", "1", _acme), both[1]];

        Assert.Equal(AppendStatus.Taken, (await _journal.Append(NewAppend("tenant/acme/x", [1], both))).Status);
        await _journal.Write([both[0]]);
        Assert.Equal(AppendStatus.Committed, (await _journal.Append(NewAppend("tenant/acme/x", [1], moved[1..]))).Status);
        Assert.Equal(_other, await _journal.Find("number", "1"));
    }

    [Fact]
    public async Task Remembered_entities_are_listed_by_shard_until_forgotten()
    {
        var id = new EntityId("call", _acme, "1");
        await _journal.Write([new StoreWrite.Remember(id), new StoreWrite.Remember(id)]);

        Assert.Equal([id], await _journal.Remembered(id.Shard).ToListAsync());
        Assert.Empty(await _journal.Remembered((id.Shard + 1) % Shards.Count).ToListAsync());
        await _journal.Write([new StoreWrite.Forget(id)]);
        Assert.Empty(await _journal.Remembered(id.Shard).ToListAsync());
    }

    [Fact]
    public async Task The_newest_snapshot_is_kept()
    {
        await _journal.SaveSnapshot("call/acme/1", new StoredSnapshot(5, "s", 1, default));
        await _journal.SaveSnapshot("call/acme/1", new StoredSnapshot(3, "s", 1, default));

        Assert.Equal(5, (await _journal.LoadSnapshot("call/acme/1"))!.SequenceNr);
    }

    [Fact]
    public async Task Rows_are_replaced_deleted_and_kept_apart_by_tenant()
    {
        await _journal.Write([Row("1", 1), Row("1", 2), Row("1", 3) with { Tenant = _other }]);

        Assert.Equal("{2}", (await _journal.Get("calls", _acme, "1"))!.Json);
        await _journal.Write([new StoreWrite.Delete("calls", _acme, "1")]);
        Assert.Null(await _journal.Get("calls", _acme, "1"));
        Assert.NotNull(await _journal.Get("calls", _other, "1"));
    }

    [Theory]
    [InlineData("started")]
    [InlineData("cost")]
    [InlineData("seconds")]
    [InlineData("to")]
    [InlineData("answered")]
    public async Task Pages_in_either_direction_hold_every_row_once(string orderBy)
    {
        for (var i = 0; i < 23; i++) await _journal.Write([Row($"c{i:00}", i % 6)]); // many ties, and nulls

        var down = await AllPages(orderBy, ascending: false);
        var up = await AllPages(orderBy, ascending: true);

        Assert.Equal(23, down.Distinct().Count());
        Assert.Equal(down, Enumerable.Reverse(up));
    }

    [Theory]
    [InlineData("seconds", FilterOperator.Equal, 3L, 1)]
    [InlineData("seconds", FilterOperator.AtLeast, 3L, 3)]
    [InlineData("seconds", FilterOperator.Below, 3L, 2)]
    [InlineData("to", FilterOperator.StartsWith, "+48", 5)]
    [InlineData("to", FilterOperator.StartsWith, "+482", 1)]
    [InlineData("seconds", FilterOperator.IsNull, null, 1)]
    [InlineData("seconds", FilterOperator.IsNotNull, null, 5)]
    [InlineData("answered", FilterOperator.Equal, true, 3)]
    public async Task Filters_keep_what_they_say(string column, FilterOperator filter, object? value, int expected)
    {
        for (var i = 0; i < 6; i++) await _journal.Write([Row($"c{i}", i)]);

        var page = await _journal.Query(new ReadModelQuery("calls", _acme, [new(column, filter, value)], "started", false, 100, null));

        Assert.Equal(expected, page.Rows.Count);
    }

    [Fact]
    public async Task What_is_not_declared_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await _journal.Get("nothing", _acme, "1"));
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await _journal.Query(new ReadModelQuery("calls", _acme, [], "colour", false, 10, null)));
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await _journal.Write([Row("1", 1) with { Columns = new Dictionary<string, object?> { ["seconds"] = "three" } }]));
    }

    async Task<List<string>> AllPages(string orderBy, bool ascending)
    {
        List<string> ids = [];
        string? after = null;
        do
        {
            var page = await _journal.Query(new ReadModelQuery("calls", null, [], orderBy, ascending, 5, after));
            ids.AddRange(page.Rows.Select(row => row.Id));
            after = page.Next;
        }
        while (after is not null);
        return ids;
    }

    static StoreWrite.Upsert Row(string id, int i) => new("calls", _acme, id, new Dictionary<string, object?>
    {
        ["started"] = DateTimeOffset.UnixEpoch.AddTicks(i),
        ["cost"] = i / 3m,
        ["seconds"] = i == 0 ? null : (long)i,
        ["to"] = i == 0 ? "alice" : $"+48{i}",
        ["answered"] = i % 2 == 0,
    }, $"{{{i}}}");

    Task<AppendOutcome> Append(string persistenceId, params long[] sequenceNrs) => _journal.Append(NewAppend(persistenceId, sequenceNrs, []));

    Task<AppendOutcome> Claim(TenantId tenant, long sequenceNr) => _journal.Append(
        NewAppend($"tenant/{tenant}/x", [sequenceNr], [new StoreWrite.Claim("number", "+48221234567", tenant)]));

    static Append NewAppend(string persistenceId, long[] sequenceNrs, IReadOnlyList<StoreWrite> writes) =>
        new(persistenceId, EntityId.TryParse(persistenceId, out var id) ? id.Shard : 0, 1,
            [.. sequenceNrs.Select(nr => new NewEvent(Guid.NewGuid(), nr, "e", 1, "{}"u8.ToArray(), DateTimeOffset.UnixEpoch))], writes);
}
