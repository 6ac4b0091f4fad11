using TeleCube.Media.Messages;
using TeleCube.Media.Recording;

namespace TeleCube.Media.Tests;

public sealed class AudioRingTests
{
    [Fact]
    public void Frames_come_out_as_they_went_in_round_after_round()
    {
        var (ring, random) = (new AudioRing(), new Random(11));
        var waiting = new Queue<(long Place, byte[] Payload)>();
        for (var i = 0; i < 50_000; i++)
        {
            var payload = new byte[random.Next(1, 300)];
            random.NextBytes(payload);
            if (ring.TryWrite(i, Codec.Pcmu, payload)) waiting.Enqueue((i, payload));
            else Assert.NotEmpty(waiting);
            while (waiting.Count > random.Next(0, 100))
            {
                var (place, expected) = waiting.Dequeue();
                Assert.True(ring.TryPeek(out var at, out var codec, out var length));
                var read = new byte[length];
                ring.Read(read);
                Assert.Equal((place, Codec.Pcmu), (at, codec));
                Assert.Equal(expected, read);
            }
        }
    }

    [Fact]
    public async Task One_thread_writes_while_another_reads()
    {
        var ring = new AudioRing();
        var writer = Task.Run(() =>
        {
            for (var i = 0; i < 100_000;)
                if (ring.TryWrite(i, Codec.Pcma, BitConverter.GetBytes(i))) i++;
        });
        for (var expected = 0; expected < 100_000;)
        {
            if (!ring.TryPeek(out var place, out _, out var length)) continue;
            var read = new byte[length];
            ring.Read(read);
            Assert.Equal((expected, expected), ((int)place, BitConverter.ToInt32(read)));
            expected++;
        }
        await writer;
    }

    [Fact]
    public void A_full_ring_refuses()
    {
        var ring = new AudioRing();
        var taken = 0;
        while (ring.TryWrite(taken, Codec.Pcma, new byte[160])) taken++;
        Assert.InRange(taken, 175, 200); // more than three seconds
    }
}
