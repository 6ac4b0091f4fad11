using TeleCube.Sip.Dialogs;

namespace TeleCube.Sip.Tests.Dialogs;

/// <summary>Glare, row by row.</summary>
public sealed class OfferExchangeTests
{
    [Theory]
    [InlineData(OfferState.Idle, null)]
    [InlineData(OfferState.Ours, 491)]
    [InlineData(OfferState.Theirs, 500)]
    public void The_peer_may_offer_only_when_nothing_is_open(OfferState state, int? refusal) =>
        Assert.Equal(refusal, OfferExchange.RefusalOfTheirs(state)?.Status);

    [Theory]
    [InlineData(true, 2100, 4000)]
    [InlineData(false, 0, 2000)]
    public void After_a_491_the_two_sides_wait_differently(bool weOwnCallId, int least, int most)
    {
        Assert.Equal(least, OfferExchange.RetryAfterGlare(weOwnCallId, 0).TotalMilliseconds);
        Assert.Equal(most, OfferExchange.RetryAfterGlare(weOwnCallId, 255).TotalMilliseconds);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(255, 10)]
    public void A_500_asks_for_up_to_ten_seconds(byte dice, int seconds) =>
        Assert.Equal(seconds, OfferExchange.RetryAfterRefusal(dice).TotalSeconds);
}
