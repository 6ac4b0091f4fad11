using TeleCube.Media.Recording;

namespace TeleCube.Media.Tests;

public sealed class TimelineTests
{
    [Fact]
    public void Jitter_does_not_move_audio_and_reordered_frames_find_their_place()
    {
        var timeline = new Timeline();
        Assert.Equal(800, timeline.Place(1, 1000, 800));
        Assert.Equal(1120, timeline.Place(1, 1320, 1500));  // late by 50 ms
        Assert.Equal(960, timeline.Place(1, 1160, 1510));   // out of order
        Assert.Equal(1280, timeline.Place(1, 1480, 1200));  // early
    }

    [Fact]
    public void The_clock_decides_for_a_new_source_and_after_half_a_second_of_difference()
    {
        var timeline = new Timeline();
        timeline.Place(1, 1000, 800);
        Assert.Equal(5000, timeline.Place(2, 77, 5000));
        Assert.Equal(90_000, timeline.Place(2, 237, 90_000)); // its clock stood still while it was silent
        Assert.Equal(90_160, timeline.Place(2, 397, 90_200));
    }

    [Fact]
    public void Timestamps_wrap()
    {
        var timeline = new Timeline();
        timeline.Place(1, uint.MaxValue - 79, 0);
        Assert.Equal(160, timeline.Place(1, 80, 160));
    }
}
