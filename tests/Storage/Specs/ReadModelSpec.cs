using System.Globalization;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Storage.Tests.Fixtures;

namespace TeleCube.Storage.Tests.Specs;

/// <summary>What every read model does.</summary>
public abstract class ReadModelSpec(StoreFixture store)
{
    readonly TenantId _tenant = Samples.NewTenant();

    [Fact]
    public async Task A_row_comes_with_the_events_that_cause_it()
    {
        var call = new EntityId("call", _tenant, "c1");
        await store.Commit(call, 1, Row("a", 1), Row("b", 2));
        await store.Commit(call, 2, Row("a", 3), new StoreWrite.Delete("calls", _tenant, "b"));

        Assert.Equal(new ReadModelRow(_tenant, "a", Json(3)), await store.ReadModels.Get("calls", _tenant, "a"));
        Assert.Null(await store.ReadModels.Get("calls", _tenant, "b"));
    }

    /// <summary>PostgreSQL takes no NUL in a text, and none takes half a character: what somebody dialled must not have the call's record refused.</summary>
    [Theory]
    [InlineData(new[] { 0x31, 0 }, "1\uFFFD")]
    [InlineData(new[] { 0xD83D, 0xDE00, 0x20, 0xD83D, 0x78, 0xDE00, 0xD83D }, "\uD83D\uDE00 \uFFFDx\uFFFD\uFFFD")] // no attribute holds half a character
    public async Task A_text_is_kept_without_what_no_store_takes(int[] units, string kept)
    {
        var given = string.Concat(units.Select(unit => (char)unit));
        var call = new EntityId("call", _tenant, "c1");
        Assert.Equal(AppendStatus.Committed, await store.Commit(call, 1, Row("a", 1, given)));

        Assert.Equal("a", await Ids("id", filters: [new("number", FilterOperator.Equal, kept)]));
    }

    [Fact]
    public async Task A_refused_append_changes_no_row()
    {
        var call = new EntityId("call", _tenant, "c1");
        Assert.Equal(AppendStatus.SequenceConflict, await store.Commit(call, 9, Row("a", 1)));
        Assert.Null(await store.ReadModels.Get("calls", _tenant, "a"));
    }

    [Theory]
    [InlineData("seconds", FilterOperator.Equal, 2L, "2")]
    [InlineData("seconds", FilterOperator.AtLeast, 2L, "4 3 2")]
    [InlineData("seconds", FilterOperator.Below, 2L, "1")]
    [InlineData("seconds", FilterOperator.IsNull, null, "0")]
    [InlineData("seconds", FilterOperator.IsNotNull, null, "4 3 2 1")]
    [InlineData("number", FilterOperator.StartsWith, "+482", "3 2")]
    [InlineData("number", FilterOperator.Equal, "+481", "1")]
    [InlineData("answered", FilterOperator.Equal, true, "4 2")]
    [InlineData("id", FilterOperator.AtLeast, "3", "4 3")]
    public async Task Filters(string column, FilterOperator by, object? value, string found)
    {
        await store.ReadModels.Write(
        [
            Row("0", null), Row("1", 1, "+481"), Row("2", 2, "+482", answered: true), Row("3", 3, "+4821"), Row("4", 4, "+49", answered: true),
        ]);

        Assert.Equal(found, await Ids("id", filters: [new(column, by, value)]));
    }

    [Fact]
    public async Task Filters_by_time_and_money()
    {
        await store.ReadModels.Write([Row("1", 1), Row("2", 2), Row("3", 3)]);

        Assert.Equal("2", await Ids("id", filters:
        [
            new("startedAt", FilterOperator.AtLeast, Samples.Noon.AddSeconds(2)), new("startedAt", FilterOperator.Below, Samples.Noon.AddSeconds(3)),
        ]));
        Assert.Equal("3 2", await Ids("cost", filters: [new("cost", FilterOperator.AtLeast, 0.20m)]));
        Assert.Equal("2", await Ids("cost", filters: [new("cost", FilterOperator.Equal, 0.2m)]));
    }

    [Theory]
    [InlineData("seconds")]
    [InlineData("startedAt")]
    [InlineData("number")]
    [InlineData("cost")]
    [InlineData("answered")]
    [InlineData("id")]
    public async Task Pages_hold_every_row_once_in_order(string orderBy)
    {
        // Nulls and ties, in an order of writing that says nothing.
        long?[] seconds = [3, null, 1, 3, 2, null, 3];
        await store.ReadModels.Write([.. seconds.Select((value, i) => (StoreWrite)Row($"r{i}", value, value?.ToString(CultureInfo.InvariantCulture), value > 1))]);

        foreach (var ascending in new[] { false, true })
        {
            var whole = await Ids(orderBy, ascending);
            Assert.Equal(whole, await Paged(orderBy, ascending, 1));
            Assert.Equal(whole, await Paged(orderBy, ascending, 2));
            Assert.Equal(whole, await Paged(orderBy, ascending, 7));
        }

        Assert.Equal(await Ids(orderBy), string.Join(' ', (await Ids(orderBy, ascending: true)).Split(' ').Reverse()));
    }

    [Fact]
    public async Task Null_is_the_smallest_and_ties_go_by_id()
    {
        await store.ReadModels.Write([Row("b", 1), Row("n", null), Row("a", 1), Row("c", 2)]);

        Assert.Equal("c b a n", await Ids("seconds"));
        Assert.Equal("n a b c", await Ids("seconds", ascending: true));
    }

    [Fact]
    public async Task A_page_that_ends_with_the_rows_names_no_next_one()
    {
        await store.ReadModels.Write([Row("a", 1), Row("b", 2)]);

        Assert.Null((await store.ReadModels.Query(Query("seconds", limit: 2))).Next);
        Assert.NotNull((await store.ReadModels.Query(Query("seconds", limit: 1))).Next);
    }

    [Fact]
    public async Task A_tenant_sees_its_own_rows_and_the_operator_all()
    {
        var other = Samples.NewTenant();
        var mark = Guid.NewGuid().ToString();
        await store.ReadModels.Write([Row("a", 1, mark), Row("a", 1, mark, tenant: other)]);

        Assert.Equal(_tenant, Assert.Single((await store.ReadModels.Query(Query("seconds", filters: [new("number", FilterOperator.Equal, mark)]))).Rows).Tenant);
        var all = Query("seconds", limit: 1, filters: [new("number", FilterOperator.Equal, mark)]) with { Tenant = null };
        var first = await store.ReadModels.Query(all);
        var second = await store.ReadModels.Query(all with { After = first.Next });
        Assert.Equal([_tenant, other], first.Rows.Concat(second.Rows).Select(row => row.Tenant).OrderBy(tenant => tenant != _tenant));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task What_was_not_declared_is_a_defect()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => store.ReadModels.Get("nothing", _tenant, "a"));
        await Assert.ThrowsAsync<ArgumentException>(() => store.ReadModels.Query(Query("nothing")));
        await Assert.ThrowsAsync<ArgumentException>(() => store.ReadModels.Query(Query("seconds", filters: [new("seconds", FilterOperator.Equal, "one")])));
    }

    async Task<string> Ids(string orderBy, bool ascending = false, params ReadModelFilter[] filters) =>
        string.Join(' ', (await store.ReadModels.Query(Query(orderBy, ascending, 100, filters))).Rows.Select(row => row.Id));

    async Task<string> Paged(string orderBy, bool ascending, int limit)
    {
        var ids = new List<string>();
        string? after = null;
        do
        {
            var page = await store.ReadModels.Query(Query(orderBy, ascending, limit) with { After = after });
            ids.AddRange(page.Rows.Select(row => row.Id));
            after = page.Next;
        }
        while (after is not null);
        return string.Join(' ', ids);
    }

    ReadModelQuery Query(string orderBy, bool ascending = false, int limit = 100, params ReadModelFilter[] filters) =>
        new("calls", _tenant, filters, orderBy, ascending, limit, null);

    StoreWrite.Upsert Row(string id, long? seconds, string? number = null, bool? answered = null, TenantId? tenant = null) => new(
        "calls", tenant ?? _tenant, id,
        new Dictionary<string, object?>
        {
            ["seconds"] = seconds,
            ["number"] = number,
            ["answered"] = answered,
            ["cost"] = seconds * 0.1m,
            ["startedAt"] = seconds is { } later ? Samples.Noon.AddSeconds(later) : null,
        },
        Json(seconds));

    static string Json(long? seconds) => $$"""{"seconds": {{seconds?.ToString(CultureInfo.InvariantCulture) ?? "null"}} }""";
}
