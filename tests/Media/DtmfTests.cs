using TeleCube.Media.Messages;
using TeleCube.Tests.Support;

namespace TeleCube.Media.Tests;

public sealed class DtmfTests
{
    static readonly StreamFormat NoEvents = new(Codec.Pcma, 8, null);

    [Fact]
    public async Task A_press_is_mapped_between_payload_types_and_reported_once()
    {
        await using var studio = new Studio();
        var anna = await studio.Open(new StreamFormat(Codec.Pcma, 8, 96));
        var bob = await studio.Open(new StreamFormat(Codec.Pcma, 8, 101));
        studio.Connect(anna, bob);
        await RelayTests.Ready(studio, anna, bob);
        anna.Peer.Press(5, 96, 120);
        anna.Peer.Press(11, 96, 80);
        Assert.Equal(('5', 120), Read(await studio.Events.Next<MediaEvent.Dtmf>()));
        Assert.Equal(('#', 80), Read(await studio.Events.Next<MediaEvent.Dtmf>()));
        Assert.DoesNotContain(studio.Events.All, e => e is MediaEvent.Dtmf);

        var heard = (await bob.Peer.Receive(9 + 7)).Where(frame => frame.PayloadType == 101).ToList();
        Assert.Equal(9 + 7, heard.Count);
        Assert.Equal(2, heard.Select(frame => frame.Timestamp).Distinct().Count());
        Assert.Equal(3, heard.Take(9).Count(frame => (frame.Payload[1] & 0x80) != 0));
        Assert.Equal([5, 5, 11], new[] { heard[0].Payload[0], heard[8].Payload[0], heard[9].Payload[0] }.Select(code => (int)code));
        Assert.Equal([true, true], new[] { heard[0].Marker, heard[9].Marker });
    }

    [Fact]
    public async Task A_press_whose_end_packets_are_lost_is_reported_after_silence()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        for (var ms = 20; ms <= 100; ms += 20) anna.Peer.SendEvent(7, 101, 4000, ms, end: false, marker: ms == 20);
        Assert.Equal(('7', 100), Read(await studio.Events.Next<MediaEvent.Dtmf>()));
    }

    [Fact]
    public async Task For_a_peer_without_events_a_press_becomes_its_tones_and_no_gap()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open(NoEvents));
        studio.Connect(anna, bob);
        await RelayTests.Ready(studio, anna, bob);
        anna.Peer.Burst(500, 5);
        anna.Peer.Press(5, 101);
        await bob.Peer.Receive(5 + 10);
        anna.Peer.Burst(500, 5);
        var heard = await bob.Peer.Receive(5 + 10 + 5);
        Assert.All(heard, frame => Assert.Equal(8, frame.PayloadType));
        for (var i = 1; i < heard.Count; i++) Assert.Equal((ushort)(heard[i - 1].Sequence + 1), heard[i].Sequence);
        Assert.Equal([770, 1336], Tones.Heard([.. heard.Skip(5).Take(5).SelectMany(frame => frame.Pcm)], 697, 770, 852, 941, 1209, 1336, 1477));
        Assert.Equal('5', (await studio.Events.Next<MediaEvent.Dtmf>()).Digit);
    }

    [Fact]
    public async Task Keys_in_the_audio_of_a_peer_without_events_are_told_and_heard_by_the_other()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(NoEvents), await studio.Open());
        studio.Connect(anna, bob);
        await RelayTests.Ready(studio, anna, bob);
        bob.Peer.Forget();
        anna.Peer.PressTones(770, 1336);
        var told = await studio.Events.Next<MediaEvent.Dtmf>();
        Assert.Equal((anna.Id, '5', true, false), (told.Stream, told.Digit, told.InAudio, told.Held));
        Assert.InRange(told.Duration.TotalMilliseconds, 70, 110);
        var heard = await bob.Peer.Receive(10);
        Assert.Equal([770, 1336], Tones.Heard([.. heard.Take(5).SelectMany(frame => frame.Pcm)], 697, 770, 852, 941, 1209, 1336, 1477));

        bob.Peer.PressTones(770, 1336); // has telephone-events: what is in its audio is no key
        await anna.Peer.Receive(10);
        bob.Peer.Press(1, 101);
        Assert.Equal((bob.Id, '1'), await Told());
        await anna.Peer.Receive(20); // the key as a tone: while it sounds, what comes back may be its echo

        anna.Peer.Say([.. Tones.Sine(852, 400).Zip(Tones.Sine(1477, 400), (low, high) => (short)(low + high))]); // and no more audio
        Assert.Equal((anna.Id, '9'), await Told());

        async Task<(StreamId, char)> Told()
        {
            var next = await studio.Events.Next<MediaEvent.Dtmf>();
            return (next.Stream, next.Digit);
        }
    }

    [Fact]
    public async Task Tones_from_a_star_on_are_told_as_held()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(NoEvents), await studio.Open());
        studio.Connect(anna, bob);
        studio.Engine.Send(new MediaCommand.HoldKeys(anna.Id, On: true));
        await RelayTests.Ready(studio, anna, bob);
        foreach (var (low, high) in new[] { (770, 1336), (941, 1209), (697, 1336) }) anna.Peer.PressTones(low, high);
        var told = new List<string>();
        for (var key = 0; key < 3; key++)
        {
            var next = await studio.Events.Next<MediaEvent.Dtmf>();
            told.Add($"{(next.Held ? "held " : "")}{next.Digit}");
        }

        Assert.Equal(["5", "held *", "held 2"], told);
    }

    [Fact]
    public async Task Sent_digits_are_events_of_100_ms_with_three_ends()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        studio.Engine.Send(new MediaCommand.SendDtmf(bob.Id, "1x*"));
        await studio.Events.Next<MediaEvent.DtmfSent>(e => e.Stream == bob.Id);
        var heard = await bob.Peer.Receive(14);
        Assert.Equal(14, heard.Count);
        var presses = heard.GroupBy(frame => frame.Timestamp).ToList();
        Assert.Equal([1, 10], presses.Select(press => (int)press.First().Payload[0]));
        Assert.All(presses, press => Assert.Equal([160, 320, 480, 640, 800, 800, 800], press.Select(frame => frame.Payload[2] << 8 | frame.Payload[3])));
        Assert.All(presses, press => Assert.Equal([false, false, false, false, true, true, true], press.Select(frame => frame.Payload[1] >= 0x80)));
        Assert.All(presses, press => Assert.True(press.First().Marker));
        Assert.InRange(presses[1].Key - presses[0].Key, 1500u, 8000u); // 200 ms, more on a busy machine
        for (var i = 1; i < heard.Count; i++) Assert.Equal((ushort)(heard[i - 1].Sequence + 1), heard[i].Sequence);
    }

    [Fact]
    public async Task Sent_digits_are_tones_where_the_peer_has_no_events()
    {
        await using var studio = new Studio();
        var bob = await studio.Open(new StreamFormat(Codec.Pcmu, 0, null));
        studio.Engine.Send(new MediaCommand.SendDtmf(bob.Id, "9D"));
        await studio.Events.Next<MediaEvent.DtmfSent>();
        var heard = await bob.Peer.Receive(20);
        Assert.Equal([852, 1477], Tones.Heard([.. heard.Take(5).SelectMany(frame => frame.Pcm)], 697, 770, 852, 941, 1209, 1336, 1477, 1633));
        Assert.Equal([941, 1633], Tones.Heard([.. heard.Skip(10).Take(5).SelectMany(frame => frame.Pcm)], 697, 770, 852, 941, 1209, 1336, 1477, 1633));
    }

    [Fact]
    public async Task Audio_is_held_back_while_a_digit_sounds()
    {
        await using var studio = new Studio();
        var (anna, bob) = (await studio.Open(), await studio.Open());
        studio.Connect(anna, bob);
        anna.Peer.Talk(700);
        await bob.Peer.Receive(5);
        studio.Engine.Send(new MediaCommand.SendDtmf(bob.Id, "8"));
        await studio.Events.Next<MediaEvent.DtmfSent>();
        var count = bob.Peer.Received.Count;
        var heard = await bob.Peer.Receive(count + 5);
        var first = heard.TakeWhile(frame => frame.PayloadType == 8).Count();
        Assert.All(heard.Skip(first).Take(7), frame => Assert.Equal(101, frame.PayloadType));
        Assert.All(heard.Skip(first + 7), frame => Assert.Equal(8, frame.PayloadType));
        for (var i = 1; i < heard.Count; i++) Assert.Equal((ushort)(heard[i - 1].Sequence + 1), heard[i].Sequence);
    }

    static (char, int) Read(MediaEvent.Dtmf dtmf) => (dtmf.Digit, (int)dtmf.Duration.TotalMilliseconds);
}
