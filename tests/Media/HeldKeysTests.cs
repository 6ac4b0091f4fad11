using TeleCube.Media.Messages;

namespace TeleCube.Media.Tests;

/// <summary>Keys from a star on may be a code for the exchange: they are told and not relayed, until the core has decided (PRODUCT §11).</summary>
public sealed class HeldKeysTests
{
    const byte Star = 10, Hash = 11;

    [Fact]
    public async Task Keys_from_a_star_on_are_told_and_not_relayed()
    {
        await using var studio = new Studio();
        var (anna, bob) = await Talking(studio);
        foreach (var key in new byte[] { 5, Star, 2, Hash }) await Press(studio, anna, key);
        Assert.Equal(["5", "held *", "held 2", "held #"], _told);

        studio.Engine.Send(new MediaCommand.HoldKeys(anna.Id, On: true));
        await studio.Quality(anna); // it has been done
        foreach (var key in new byte[] { 7, Star }) await Press(studio, anna, key);
        studio.Engine.Send(new MediaCommand.HoldKeys(anna.Id, On: false));
        await studio.Quality(anna);
        foreach (var key in new byte[] { Star, 8 }) await Press(studio, anna, key);

        Assert.Equal(["7", "held *", "*", "8"], _told[4..]);
        Assert.Equal([5, 7, Star, 8], await Heard(bob, keys: 4));
    }

    [Fact]
    public async Task A_stream_that_is_not_told_to_holds_nothing()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        await RelayTests.Ready(studio, anna, bob);
        foreach (var key in new byte[] { Star, 2 }) await Press(studio, anna, key);
        Assert.Equal(["*", "2"], _told);
        Assert.Equal([Star, 2], await Heard(bob, keys: 2));
    }

    [Fact]
    public async Task A_key_pressed_while_held_ones_are_passed_on_comes_after_them()
    {
        await using var studio = new Studio();
        var (anna, bob) = await Talking(studio);
        foreach (var key in new byte[] { Star, 2 }) await Press(studio, anna, key);
        studio.Engine.Send(new MediaCommand.SendDtmf(bob.Id, "*,2")); // the pause leaves time to press
        studio.Engine.Send(new MediaCommand.HoldKeys(anna.Id, On: true));
        await studio.Quality(anna);
        await Press(studio, anna, 9);
        Assert.Equal([Star, 2, 9], await Heard(bob, keys: 3));
    }

    readonly List<string> _told = [];

    static async Task<(Line Anna, Line Bob)> Talking(Studio studio)
    {
        var (anna, bob) = (await studio.Open(Studio.ALaw), await studio.Open(Studio.ALaw));
        studio.Connect(anna, bob);
        studio.Engine.Send(new MediaCommand.HoldKeys(anna.Id, On: true));
        await RelayTests.Ready(studio, anna, bob);
        return (anna, bob);
    }

    async Task Press(Studio studio, Line line, byte key)
    {
        line.Peer.Press(key, 101);
        var told = await studio.Events.Next<MediaEvent.Dtmf>(e => e.Stream == line.Id);
        _told.Add($"{(told.Held ? "held " : "")}{told.Digit}");
    }

    /// <summary>The keys that the peer hears: one for each timestamp.</summary>
    static async Task<IEnumerable<byte>> Heard(Line line, int keys)
    {
        var frames = await line.Peer.Until(all => all.Where(frame => frame.PayloadType == 101).GroupBy(frame => frame.Timestamp).Count(press => press.Any(frame => frame.Payload[1] >= 0x80)) >= keys);
        return frames.Where(frame => frame.PayloadType == 101).GroupBy(frame => frame.Timestamp).Select(press => press.First().Payload[0]);
    }
}
