using TeleCube.Sip.Dialogs;
using static TeleCube.Sip.Dialogs.OfferInput;
using static TeleCube.Sip.Dialogs.OfferState;

namespace TeleCube.Sip.Tests.Dialogs;

/// <summary>Glare, row by row.</summary>
public sealed class OfferExchangeTests
{
    [Theory]
    [InlineData(Idle, WeOffer, Ours, null, false)]
    [InlineData(Idle, TheyOffer, Theirs, null, false)]
    [InlineData(Ours, TheyOffer, Ours, 491, false)]
    [InlineData(Theirs, TheyOffer, Theirs, 500, false)]
    [InlineData(Ours, WeOffer, Ours, null, true)]
    [InlineData(Theirs, WeOffer, Theirs, null, true)]
    [InlineData(Ours, Answered, Idle, null, false)]
    [InlineData(Theirs, Answered, Idle, null, false)]
    [InlineData(Ours, Refused, Idle, null, false)]
    [InlineData(Theirs, Refused, Idle, null, false)]
    public void Each_line(OfferState state, OfferInput input, OfferState next, int? refusal, bool wait)
    {
        var step = OfferExchange.Next(state, input);
        Assert.Equal((next, refusal, wait), (step.State, step.Refusal?.Status, step.MustWait));
    }

    [Theory]
    [InlineData(true, 2100, 4000)]
    [InlineData(false, 0, 2000)]
    public void After_a_491_the_two_sides_wait_differently(bool weOwnCallId, int least, int most)
    {
        Assert.Equal(least, OfferExchange.RetryAfterGlare(weOwnCallId, 0).TotalMilliseconds);
        Assert.Equal(most, OfferExchange.RetryAfterGlare(weOwnCallId, 255).TotalMilliseconds);
    }
}
