namespace TeleCube.Actors.Tests;

/// <summary>So many at the same time for each key, in turn, and no memory for who has gone.</summary>
public sealed class PlacesTests
{
    readonly Places<string> _places = new(2);

    [Fact]
    public async Task Each_key_has_places_of_its_own_and_who_waits_comes_in_turn()
    {
        var (first, second) = (await Take("a"), await Take("a"));
        var (third, fourth) = (Take("a"), Take("a"));
        Assert.False(third.IsCompleted || fourth.IsCompleted);
        (await Take("b")).Dispose();

        first.Dispose();
        first.Dispose(); // gives it back once
        (await third).Dispose();
        (await fourth).Dispose();
        second.Dispose();
        Assert.Equal(0, _places.Rooms);
    }

    [Fact]
    public async Task Who_waits_no_longer_leaves_nothing_behind()
    {
        var taken = new[] { await Take("a"), await Take("a") };
        using var stop = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 100).Select(_ => _places.Take("a", stop.Token)).ToList();
        await stop.CancelAsync();
        foreach (var one in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        foreach (var place in taken) place.Dispose();
        Assert.Equal(0, _places.Rooms);

        (await Take("a")).Dispose();
    }

    Task<IDisposable> Take(string key) => _places.Take(key, default).WaitAsync(TimeSpan.FromSeconds(30));
}
