using TeleCube.Tests.Support;

namespace TeleCube.Media.Tests;

public sealed class MediaPortPoolTests
{
    readonly ManualClock _clock = new();

    [Fact]
    public void Ports_are_even_and_run_out_as_null()
    {
        var pool = new MediaPortPool(new(16385, 16390), _clock);
        Assert.Equal([16386, 16388, 16390, null], new[] { pool.Take(), pool.Take(), pool.Take(), pool.Take() });
        Assert.Equal((3, 3), (pool.Capacity, pool.InUse));
    }

    [Fact]
    public void A_port_that_was_given_back_rests_and_comes_last()
    {
        var pool = new MediaPortPool(new(16384, 16386) { Quarantine = TimeSpan.FromSeconds(5) }, _clock);
        Assert.Equal(16384, pool.Take());
        pool.Release(16384);
        Assert.Equal(16386, pool.Take());
        Assert.Null(pool.Take());
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(16384, pool.Take());
    }

    [Fact]
    public void An_emergency_call_finds_a_port_that_is_kept_and_one_that_rests()
    {
        var pool = new MediaPortPool(new(16384, 16389) { KeptForEmergency = 1 }, _clock);
        Assert.Equal([16384, 16386, null], new[] { pool.Take(), pool.Take(), pool.Take() });
        Assert.Equal(16388, pool.Take(emergency: true));
        Assert.Null(pool.Take(emergency: true));
        pool.Release(16384);
        Assert.Null(pool.Take());
        Assert.Equal(16384, pool.Take(emergency: true));
    }

    [Fact]
    public void There_is_room_until_only_kept_ports_are_left()
    {
        var pool = new MediaPortPool(new(16384, 16387) { KeptForEmergency = 1 }, _clock);
        Assert.True(pool.HasRoom);
        pool.Take();
        Assert.False(pool.HasRoom);
        pool.Release(16384);
        Assert.True(pool.HasRoom); // it rests for a moment only
    }

    [Fact]
    public void Releasing_twice_gives_it_out_once()
    {
        var pool = new MediaPortPool(new(16384, 16384) { Quarantine = TimeSpan.Zero }, _clock);
        Assert.Equal(16384, pool.Take());
        pool.Release(16384);
        pool.Release(16384);
        pool.Release(99);
        Assert.Equal([16384, null], new[] { pool.Take(), pool.Take() });
    }

    [Fact]
    public void A_recovered_call_takes_its_port_again()
    {
        var pool = new MediaPortPool(new(16384, 16388), _clock);
        Assert.True(pool.TryTake(16386));
        Assert.False(pool.TryTake(16386));
        Assert.False(pool.TryTake(16387));
        Assert.Equal([16384, 16388, null], new[] { pool.Take(), pool.Take(), pool.Take() });
    }

    [Fact]
    public async Task Many_threads_never_get_the_same_port()
    {
        var pool = new MediaPortPool(new(16384, 18382), _clock);
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 125).Select(_ => pool.Take()).ToArray())));
        Assert.Equal(1000, taken.SelectMany(ports => ports).Distinct().Count(port => port is not null));
    }

    [Theory]
    [InlineData(80, 100)]
    [InlineData(20000, 19998)]
    [InlineData(20000, 65535)]
    public void A_range_that_makes_no_sense_is_refused(int first, int last) =>
        Assert.Throws<ArgumentException>(() => new MediaPortPool(new(first, last), _clock));
}
