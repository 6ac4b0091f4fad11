using System.Collections.Immutable;
using System.Net;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Trunks;

namespace TeleCube.Actors.Tests.Trunks;

/// <summary>Which trunks a call may leave by, and how numbers look on them.</summary>
public sealed class TrunkSelectionTests
{
    static readonly TrunkConfig _first = Trunk("first", priority: 1);
    static readonly TrunkConfig _second = Trunk("second", priority: 2);
    static readonly TrunkConfig _third = Trunk("third", priority: 3);

    static TrunkConfig Trunk(string id, int priority = 1, int weight = 1, ImmutableArray<string>? prefixes = null) =>
        new(new(id), "192.0.2.1") { ChannelLimit = 2, Routing = new() { Priority = priority, Weight = weight, Prefixes = prefixes ?? [] } };

    static TrunkStatus? Up(TrunkId id) => new(id, TrunkHealth.Up, 0, default);

    static string[] Order(string dialled, Func<TrunkId, TrunkStatus?> status, params TrunkConfig[] trunks) =>
        [.. TrunkSelection.Candidates(trunks, DialledNumber.TryParse(dialled, out var number) ? number : throw new ArgumentException(dialled), "call", status)
            .Select(trunk => trunk.Id.Value)];

    [Fact]
    public void They_are_tried_by_priority() => Assert.Equal(["first", "second", "third"], Order("501234567", Up, _third, _first, _second));

    [Fact]
    public void A_silent_or_full_or_disabled_one_is_left_out()
    {
        TrunkStatus Status(TrunkId id) => id.Value switch
        {
            "first" => new(id, TrunkHealth.Down, 0, default),
            "second" => new(id, TrunkHealth.Up, 2, default),
            _ => new(id, TrunkHealth.Up, 1, default),
        };
        Assert.Equal(["third"], Order("501234567", Status, _first, _second, _third));
        Assert.Equal(["third", "second", "first"], Order("112", Status, _first, _second, _third)); // an emergency call tries all
        Assert.Empty(Order("112", Up, _first with { Enabled = false }));
    }

    [Fact]
    public void One_that_was_silent_comes_last_and_is_tried_all_the_same()
    {
        TrunkStatus Status(TrunkId id) => new(id, id.Value == "third" ? TrunkHealth.Up : TrunkHealth.Down, 0, default) { Suspected = id.Value == "first" };
        Assert.Equal(["third", "first"], Order("501234567", Status, _first, _second, _third));
        Assert.Equal(["first"], Order("501234567", Status, _first));
        Assert.Equal(["third", "first", "second"], Order("112", Status, _first, _second, _third));
    }

    [Fact]
    public void Each_that_is_passed_over_is_named_with_why_and_since_when()
    {
        var noon = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        TrunkStatus Status(TrunkId id) => id.Value switch
        {
            "first" => new(id, TrunkHealth.Down, 0, noon, "no answer to an INVITE") { Suspected = true },
            "second" => new(id, TrunkHealth.Down, 0, noon, "unknown-host"),
            "third" => new(id, TrunkHealth.Up, 2, noon),
            _ => new(id, TrunkHealth.Up, 0, noon),
        };
        var trunks = new[] { Trunk("up", priority: 4), _third, _second, _first, Trunk("german", priority: 5, prefixes: ["49"]), Trunk("off", priority: 6) with { Enabled = false } };
        Assert.True(DialledNumber.TryParse("501234567", out var number));
        string[] named =
        [
            "first put last: down since 2026-11-23 12:00:00Z, no answer to an INVITE",
            "second passed over: down since 2026-11-23 12:00:00Z, unknown-host",
            "third passed over: channel limit, all 2 are in use",
        ];
        Assert.Equal(named, TrunkSelection.PassedOver(trunks, number, Status, all: false));
        Assert.Equal([.. named, "german passed over: not for this number", "off passed over: disabled"], TrunkSelection.PassedOver(trunks, number, Status, all: true));
    }

    [Fact]
    public void One_of_unknown_health_comes_after_those_that_are_up() =>
        Assert.Equal(["second", "first"], Order("501234567", id => id.Value == "first" ? null : Up(id), _first, _second));

    [Fact]
    public void Prefixes_choose_by_number()
    {
        var german = Trunk("german", prefixes: ["49"]);
        Assert.Equal(["german", "second"], Order("+493012345678", Up, german, _second));
        Assert.Equal(["second"], Order("501234567", Up, german, _second));
        Assert.Equal(["german", "second"], Order("999", Up, german, _second));
        Assert.Empty(Order("10", Up, german, _second));
    }

    [Fact]
    public void Equal_ones_share_by_weight_and_a_call_decides_the_same_again()
    {
        TrunkConfig[] trunks = [Trunk("a", weight: 3), Trunk("b")];
        Assert.True(DialledNumber.TryParse("501234567", out var number));
        var firsts = Enumerable.Range(0, 4000).Select(call => TrunkSelection.Candidates(trunks, number, $"call-{call}", Up)[0].Id.Value).ToList();
        Assert.InRange(firsts.Count(id => id == "a"), 2850, 3150);
        Assert.Equal(firsts, Enumerable.Range(0, 4000).Select(call => TrunkSelection.Candidates(trunks, number, $"call-{call}", Up)[0].Id.Value));
    }

    [Theory]
    [InlineData(TrunkNumberFormat.E164Plus, "111222333", "+48111222333")]
    [InlineData(TrunkNumberFormat.E164, "111222333", "48111222333")]
    [InlineData(TrunkNumberFormat.DoubleZero, "111222333", "0048111222333")]
    [InlineData(TrunkNumberFormat.National9, "111222333", "111222333")]
    [InlineData(TrunkNumberFormat.National9, "+493012345678", "00493012345678")]
    [InlineData(TrunkNumberFormat.E164Plus, "116111", "116111")]
    [InlineData(TrunkNumberFormat.E164Plus, "112", "112")]
    public void Numbers_go_out_as_the_carrier_wants_them(TrunkNumberFormat format, string dialled, string sent) =>
        Assert.Equal(sent, DialledNumber.TryParse(dialled, out var number) ? TrunkNumbers.Format(format, number) : null);

    [Theory]
    [InlineData(TrunkInboundNumbers.Polish, "943401128", "+48943401128")]
    [InlineData(TrunkInboundNumbers.Polish, "48943401128", "+48943401128")]
    [InlineData(TrunkInboundNumbers.Polish, "0048943401128", "+48943401128")]
    [InlineData(TrunkInboundNumbers.Polish, "+48943401128", "+48943401128")]
    [InlineData(TrunkInboundNumbers.Polish, "800123456", "+48800123456")]
    [InlineData(TrunkInboundNumbers.International, "493012345678", "+493012345678")]
    [InlineData(TrunkInboundNumbers.International, "0048943401128", "+48943401128")]
    [InlineData(TrunkInboundNumbers.Polish, "anonymous", null)]
    [InlineData(TrunkInboundNumbers.Polish, "112", null)]
    [InlineData(TrunkInboundNumbers.Polish, null, null)]
    public void Numbers_come_in_as_the_rule_reads_them(TrunkInboundNumbers rule, string? user, string? number) =>
        Assert.Equal(number, TrunkNumbers.Normalise(rule, user)?.Value);

    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.2", false)]
    public void Without_sources_only_the_host_may_call(string source, bool allowed) =>
        Assert.Equal(allowed, TrunkSources.Allows(_first, IPAddress.Parse(source)));

    [Theory]
    [InlineData("198.51.100.77", true)]
    [InlineData("2001:db8::5", true)]
    [InlineData("192.0.2.1", false)]
    public void Sources_are_networks_or_addresses(string source, bool allowed) =>
        Assert.Equal(allowed, TrunkSources.Allows(_first with { AllowedSources = ["198.51.100.0/24", "2001:db8::5"] }, IPAddress.Parse(source)));
}
