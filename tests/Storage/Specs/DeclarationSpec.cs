using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Storage.Tests.Fixtures;

namespace TeleCube.Storage.Tests.Specs;

/// <summary>Read models grow from one version to the next.</summary>
public abstract class DeclarationSpec
{
    static readonly TenantId _tenant = Samples.NewTenant();
    static readonly ReadModel _before = new("call-orders", [new("state", ColumnKind.Text, Indexed: true)]);
    static readonly ReadModel _after = new("call-orders", [new("state", ColumnKind.Text), new("due", ColumnKind.Time, Indexed: true)]);

    protected abstract Task<StoreOptions> Options();

    [Fact]
    public async Task A_column_is_added_when_the_declaration_grows()
    {
        var options = await Options();
        await using (var old = await OpenedFixture.Open(options, _before))
            await old.Write([Row("a", new() { ["state"] = "open" })]);

        await using var store = await OpenedFixture.Open(options, _after);
        await store.Write([Row("b", new() { ["state"] = "open", ["due"] = Samples.Noon })]);

        var page = await store.Query(new("call-orders", _tenant, [new("state", FilterOperator.Equal, "open")], "due", false, 10, null));
        Assert.Equal(["b", "a"], page.Rows.Select(row => row.Id));
    }

    [Fact]
    public async Task A_column_may_be_left_out_later()
    {
        var options = await Options();
        await using (var old = await OpenedFixture.Open(options, _after))
            await old.Write([Row("a", new() { ["state"] = "open", ["due"] = Samples.Noon })]);

        await using var store = await OpenedFixture.Open(options, _before);
        Assert.NotNull(await store.Get("call-orders", _tenant, "a"));
    }

    [Fact]
    public async Task A_column_that_changes_its_kind_stops_the_start()
    {
        var options = await Options();
        await using (await OpenedFixture.Open(options, _before)) { }

        var refusal = await Assert.ThrowsAsync<StoreStartException>(
            () => OpenedFixture.Open(options, new ReadModel("call-orders", [new("state", ColumnKind.Integer)])));
        Assert.Contains("call-orders: column state", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("Tenant")]
    [InlineData("a;b")]
    [InlineData("")]
    public async Task A_name_that_cannot_be_a_column_is_a_defect(string name)
    {
        var options = await Options();
        await Assert.ThrowsAsync<ArgumentException>(() => OpenedFixture.Open(options, new ReadModel("calls", [new(name, ColumnKind.Text)])));
    }

    static StoreWrite.Upsert Row(string id, Dictionary<string, object?> columns) => new("call-orders", _tenant, id, columns, "{}");
}
