using TeleCube.Tests.Support;

namespace TeleCube.Media.Tests;

public sealed class RelayTests
{
    [Fact]
    public async Task Each_peer_hears_the_other_and_not_itself()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        anna.Peer.Talk(700);
        bob.Peer.Talk(1100);
        await anna.Peer.Receive(25);
        await bob.Peer.Receive(25);
        Assert.Equal([1100], Tones.Heard(anna.Peer.Heard, 700, 1100));
        Assert.Equal([700], Tones.Heard(bob.Peer.Heard, 700, 1100));
    }
}
