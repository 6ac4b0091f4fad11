using TeleCube.Tests.Support.Phones;

namespace TeleCube.Scenarios.Tests.Harness;

/// <summary>The phones that the scenarios rely on work on this machine: what fails here is not the exchange's fault.</summary>
public sealed class BaresipPhoneTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Two_phones_talk_hold_and_send_digits_with_nothing_between_them()
    {
        await using var alice = await BaresipPhone.Start(new() { User = "alice", ToneHz = 440 });
        await using var bob = await BaresipPhone.Start(new() { User = "bob", ToneHz = 880 });

        await alice.Dial(bob.Uri);
        await bob.Rings();
        await alice.HearsRinging();
        await bob.Answer();
        await Task.WhenAll(alice.Talks(), bob.Talks());
        await Task.WhenAll(alice.Hears(880, Second), bob.Hears(440, Second));

        await alice.SendDigits("5#");
        await bob.HearsDigit('5');
        await bob.HearsDigit('#');

        await alice.Hold();
        await alice.Resume();
        await Task.WhenAll(alice.Hears(880, Second), bob.Hears(440, Second));

        await bob.HangUp();
        await alice.IsOver();
        Assert.Equal(TimeSpan.Zero, bob.Recording().Heard(880));
    }

    [Fact]
    public async Task A_call_is_refused()
    {
        await using var alice = await BaresipPhone.Start(new() { User = "alice" });
        await using var bob = await BaresipPhone.Start(new() { User = "bob" });

        await alice.Dial(bob.Uri);
        await bob.Rings();
        await bob.HangUp();

        Assert.StartsWith("486", (await alice.IsOver()).Param, StringComparison.Ordinal);
    }
}
