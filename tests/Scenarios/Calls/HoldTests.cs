using TeleCube.Scenarios.Tests.Given;
using TeleCube.Tests.Support.Audio;

namespace TeleCube.Scenarios.Tests.Calls;

/// <summary>Hold: the one who waits hears music, and nobody hears the other until the call is taken back.</summary>
public sealed class HoldTests
{
    static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_held_party_hears_music_until_it_is_taken_back()
    {
        await using var company = await DemoCompany.Start();
        var secretary = await company.Phone("10");
        var office = await company.Phone("13");
        await secretary.Dial("13");
        await office.Rings();
        await office.Answer();
        await Task.WhenAll(secretary.Talks(), office.Talks());
        await office.Hears(DemoCompany.Tone("10"), _second);

        await secretary.Hold();
        var music = await office.Listen(3 * _second);
        Assert.True(Loudness(music) > 0.005, $"the held party heard {music.Length} of audio, loudness {Loudness(music)}");
        Assert.True(music.Heard(DemoCompany.Tone("10")) < 0.5 * _second, "the held party still hears the one who holds");

        await secretary.Resume();
        await Task.WhenAll(secretary.Hears(DemoCompany.Tone("13"), _second), office.Hears(DemoCompany.Tone("10"), _second));
        await secretary.HangUp();
        await office.IsOver();
        Assert.Single(await company.Cdrs(1));
    }

    /// <summary>Root mean square, 1 is full scale.</summary>
    static double Loudness(WavFile heard) =>
        heard.Samples.Length == 0 ? 0 : Math.Sqrt(heard.Samples.Average(sample => (double)sample * sample)) / short.MaxValue;
}
