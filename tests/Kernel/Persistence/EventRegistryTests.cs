using System.Text;
using System.Text.Json.Nodes;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Tests.Given;

namespace TeleCube.Kernel.Tests.Persistence;

public sealed class EventRegistryTests
{
    readonly EventRegistry _registry = CounterJson.Registry();

    [Fact]
    public void An_event_is_written_by_its_public_name_and_read_back()
    {
        var (type, version, payload) = _registry.Encode(new CounterEvent.Named("ż"));

        Assert.Equal(("counter.named", 1), (type, version));
        Assert.Equal(new CounterEvent.Named("ż"), _registry.Decode(type, version, payload));
    }

    [Fact]
    public void Older_versions_are_brought_up_step_by_step()
    {
        var registry = new EventRegistry()
            .Add("counter.added", 3, CounterJson.Default.Added)
            .Upcast("counter.added", 1, old => new JsonObject { ["sum"] = old["n"]!.GetValue<int>() })
            .Upcast("counter.added", 2, old => new JsonObject { ["Amount"] = old["sum"]!.GetValue<int>() });

        Assert.Equal(new CounterEvent.Added(7), registry.Decode("counter.added", 1, "{\"n\":7}"u8));
        Assert.Equal(new CounterEvent.Added(7), registry.Decode("counter.added", 2, "{\"sum\":7}"u8));
        Assert.Equal(new CounterEvent.Added(7), registry.Decode("counter.added", 3, "{\"Amount\":7}"u8));
    }

    [Theory]
    [InlineData("nobody.knows", 1, "{}")]
    [InlineData("counter.added", 2, "{\"Amount\":1}")]
    [InlineData("counter.added", 0, "{\"Amount\":1}")]
    [InlineData("counter.added", 1, "{\"Amount\":\"text\"}")]
    [InlineData("counter.added", 1, "")]
    [InlineData("counter.added", 1, "null")]
    public void What_cannot_be_read_says_so(string type, int version, string json) =>
        Assert.Throws<UndecodableException>(() => _registry.Decode(type, version, Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void An_upcaster_that_meets_what_it_did_not_expect_says_so()
    {
        var registry = new EventRegistry()
            .Add("counter.added", 2, CounterJson.Default.Added)
            .Upcast("counter.added", 1, old => new JsonObject { ["Amount"] = old["n"]!.GetValue<int>() });

        Assert.Throws<UndecodableException>(() => registry.Decode("counter.added", 1, "{}"u8));
    }

    [Fact]
    public void Names_types_and_upcasters_are_registered_once()
    {
        Assert.Throws<InvalidOperationException>(() => _registry.Add("counter.added", 2, CounterJson.Default.Closed));
        Assert.Throws<InvalidOperationException>(() => _registry.Add("counter.more", 1, CounterJson.Default.Added));
        _registry.Upcast("counter.added", 1, old => old);
        Assert.Throws<InvalidOperationException>(() => _registry.Upcast("counter.added", 1, old => old));
    }

    [Fact]
    public void An_unregistered_event_is_a_defect() => Assert.Throws<InvalidOperationException>(() => _registry.Encode("text"));
}
