using TeleCube.Media.Dtmf;

namespace TeleCube.Media.Tests;

public sealed class DtmfReceiverTests
{
    const long Ms = 1_000_000;

    DtmfReceiver _receiver = new(200 * Ms);

    [Fact]
    public void A_press_is_told_at_its_first_packet_and_at_its_first_end()
    {
        Assert.Equal(new('5', null, 0), Hear(5, 1000, 160));
        Assert.Equal(default, Hear(5, 1000, 320));
        Assert.Equal(new(null, '5', 800), Hear(5, 1000, 800, end: true));
        Assert.Equal(default, Hear(5, 1000, 800, end: true));
        Assert.Equal(default, Hear(5, 1000, 640)); // a straggler
    }

    [Fact]
    public void A_press_of_which_only_an_end_arrives_counts()
    {
        Assert.Equal(new('#', '#', 800), Hear(11, 1000, 800, end: true));
        Assert.Equal(default, Hear(11, 1000, 800, end: true));
    }

    [Fact]
    public void The_next_press_ends_one_whose_ends_were_lost()
    {
        Hear(1, 1000, 480);
        Assert.Equal(new('2', '1', 480), Hear(2, 3000, 160));
        Assert.Equal(default, Hear(1, 1000, 800, end: true)); // what comes of the old one now is old
        Assert.Equal(new(null, '2', 160), Hear(2, 3000, 160, end: true));
    }

    [Fact]
    public void Silence_ends_a_press()
    {
        Hear(9, 1000, 320, at: 0);
        Assert.Equal(default, _receiver.Sweep(199 * Ms));
        Assert.Equal(new(null, '9', 320), _receiver.Sweep(200 * Ms));
        Assert.Equal(default, _receiver.Sweep(900 * Ms));
    }

    [Fact]
    public void A_press_longer_than_one_segment_is_one_press()
    {
        Hear(3, 1000, 0xFFFF);
        Assert.Equal(default, Hear(3, 1000 + 0xFFFF, 160, marker: false));
        Assert.Equal(new(null, '3', 0xFFFF + 400), Hear(3, 1000 + 0xFFFF, 400, end: true, marker: false));
    }

    [Fact]
    public void The_same_key_twice_is_two_presses()
    {
        Hear(4, 1000, 160);
        Hear(4, 1000, 160, end: true);
        Assert.Equal('4', Hear(4, 3000, 160).Pressed);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(255)]
    public void Events_that_are_no_keys_are_passed_over(byte code) => Assert.Equal(default, Hear(code, 1000, 160));

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 2, 3 })]
    public void A_payload_too_short_is_no_event(byte[] payload) => Assert.False(TelephoneEvent.TryParse(payload, out _));

    DtmfStep Hear(byte code, uint timestamp, ushort duration, bool end = false, bool marker = true, long at = 0) =>
        _receiver.Receive(new(code, end, 10, duration), timestamp, marker && !end, at);
}
