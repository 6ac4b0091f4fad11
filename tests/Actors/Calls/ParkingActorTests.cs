using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.ParkingPlaces;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;
using TeleCube.Kernel.Sharding;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>No parking place is given twice, none is lost, and what the company's calls say counts more than memory.</summary>
public sealed class ParkingActorTests : IAsyncDisposable
{
    const string None = "every place is taken";

    readonly ManualClock _clock = new();
    readonly LiveCalls _live = new();
    readonly TenantRegistry _tenants = new();
    readonly ActorSystem _system;
    readonly ShardRegion _region;
    TenantState _company = new CallTable().Tenant with { Settings = new TenantSettings { ParkSlots = new ParkSlots("11", "14") } }; // 11 and 12 are extensions

    public ParkingActorTests()
    {
        var (journal, ownership) = (new MemoryJournal(), new SoleOwnership(1));
        _system = new ActorSystem(new ActorSystemOptions { Persistence = new PersistenceContext(journal, new EventRegistry(), ownership) }, _clock, NullLogger<ActorSystem>.Instance);
        _region = new ShardRegion(_system, ownership, journal);
        _region.Register(EntityKinds.ParkingKind, id => Props.Create(() => new ParkingActor(id.Tenant, _tenants, _live, _clock)));
        _tenants.Publish(_company);
    }

    async Task<string> Take(int call)
    {
        var id = Id(call);
        if (!_live.Has(id.Entity(CallTable.Company))) Publish(call, null);
        var answer = await _region.Ask<CallCommand>(EntityKinds.Parking(CallTable.Company), new ParkingMessage.Take(id), TimeSpan.FromSeconds(30));
        return (answer as CallCommand.SlotGiven)?.Slot ?? None;
    }

    static CallId Id(int call) => new($"01hzzzzzzzzzzzzzzzzzzzzzz{call}");

    void Publish(int call, string? slot, CallPhase phase = CallPhase.Talking) => _live.Update(CallState.Initial with
    {
        Id = Id(call),
        Tenant = CallTable.Company,
        Phase = phase,
        Parking = slot is null ? null : new Parking(slot, 0, _clock.GetUtcNow()),
    });

    [Fact]
    public async Task Each_call_gets_a_place_of_its_own_and_asking_again_gets_the_same()
    {
        Assert.Equal(["13", "14", "13", None], [await Take(1), await Take(2), await Take(1), await Take(3)]);
    }

    [Fact]
    public async Task A_place_is_free_again_when_its_call_has_left()
    {
        Publish(1, await Take(1));
        Publish(2, await Take(2));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(None, await Take(3));
        Publish(1, null); // taken up
        Assert.Equal("13", await Take(3));
        Publish(2, "14", CallPhase.Over);
        Assert.Equal("14", await Take(4));
    }

    [Fact]
    public async Task A_call_that_never_came_keeps_no_place()
    {
        Assert.Equal(["13", "14"], [await Take(1), await Take(2)]);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("13", await Take(3));
    }

    [Fact]
    public async Task After_a_restart_the_calls_say_where_they_are()
    {
        Publish(1, "13"); // nobody here remembers that it was given
        Assert.Equal("14", await Take(2));
    }

    [Fact]
    public async Task The_places_are_the_companys()
    {
        _company = _company with { Settings = new TenantSettings { ParkSlots = new ParkSlots("0701", "0702") } };
        _tenants.Publish(_company);
        Assert.Equal(["0701", "0702", None], [await Take(1), await Take(2), await Take(3)]);
    }

    [Theory]
    [InlineData("701", "799", true)]
    [InlineData("701", "701", true)]
    [InlineData("799", "701", false)]
    [InlineData("70", "799", false)]
    [InlineData("7", "9", false)]
    [InlineData("70000", "70001", false)]
    [InlineData("1000", "1200", false)] // 201 of them
    [InlineData("70x", "799", false)]
    public void A_range_of_places_is_sound_or_not(string first, string last, bool sound) => Assert.Equal(sound, new ParkSlots(first, last).IsSound);

    [Fact]
    public void Emergency_numbers_are_no_parking_places()
    {
        Assert.Equal(ExtensionNumber.TryParse("112", out _), new ParkSlots("110", "119").Has("112"));
        Assert.DoesNotContain("112", new ParkSlots("110", "119").All());
    }

    public ValueTask DisposeAsync() => _system.DisposeAsync();
}
