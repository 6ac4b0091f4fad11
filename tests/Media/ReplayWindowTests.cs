using TeleCube.Media.Srtp;

namespace TeleCube.Media.Tests;

public sealed class ReplayWindowTests
{
    [Theory]
    [InlineData(100, 100, false)]
    [InlineData(100, 101, true)]
    [InlineData(100, 99, true)]
    [InlineData(100, 37, true)]
    [InlineData(100, 36, false)]  // 64 behind: outside the window
    [InlineData(100, 5000, true)]
    public void One_seen_index_and_another(ulong seen, ulong asked, bool fresh)
    {
        var window = new ReplayWindow();
        window.Commit(seen);
        Assert.Equal(fresh, window.IsFresh(asked));
    }

    [Fact]
    public void Every_committed_index_stays_seen_while_the_window_slides()
    {
        var (window, random, seen) = (new ReplayWindow(), new Random(7), new HashSet<ulong>());
        for (var i = 0; i < 10_000; i++)
        {
            var index = (ulong)(i + random.Next(0, 100));
            if (!window.IsFresh(index)) continue;
            Assert.True(seen.Add(index), $"{index} twice");
            window.Commit(index);
        }
    }

    [Theory]
    [InlineData(0x1_0005, 6, 0x1_0006)]
    [InlineData(0x1_0005, 0xFFFF, 0x0_FFFF)]   // a late one of the round before
    [InlineData(0x1_FFFF, 2, 0x2_0002)]        // rolled over
    [InlineData(0x1_FFFF, 0xFFF0, 0x1_FFF0)]
    [InlineData(0x1_7FFF, 0xFFFF, 0x1_FFFF)]
    public void Rfc3711_appendix_A(ulong highest, ushort sequence, ulong index)
    {
        var window = new ReplayWindow();
        window.Commit(highest);
        Assert.Equal(index, window.Guess(sequence));
    }

    [Fact]
    public void Before_the_first_roll_over_nothing_came_earlier()
    {
        var window = new ReplayWindow();
        window.Commit(5);
        Assert.Null(window.Guess(0xFFFF));
    }
}
