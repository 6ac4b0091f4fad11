using TeleCube.Actors.Calls.Model;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>A carrier may challenge every request, not the INVITE alone (RFC 3261 §22.2).</summary>
public sealed class ChallengeTests
{
    [Fact]
    public async Task A_BYE_that_is_challenged_is_sent_again_with_credentials_and_the_call_closes_after_it()
    {
        await using var house = new CallHouse();
        house.WithCredentials("firma", "sekret");
        var bye = await HangUp(house);

        house.Challenges(bye);
        var again = await house.Sends("BYE");
        Assert.Contains("username=\"firma\"", again.Headers.First("Proxy-Authorization"), StringComparison.Ordinal);
        Assert.Equal((bye.CallId, bye.CSeq.Number + 1), (again.CallId, again.CSeq.Number));
        Assert.NotEqual(CallPhase.Closed, (await house.State()).Phase); // the carrier has not taken it yet

        house.Answered(again);
        await house.Writes("call.closed");
    }

    [Fact]
    public async Task Who_refuses_the_credentials_is_not_asked_a_third_time()
    {
        await using var house = new CallHouse();
        house.WithCredentials("firma", "sekret");
        house.Challenges(await HangUp(house));
        house.Challenges(await house.Sends("BYE"));
        await house.Writes("call.closed");
    }

    [Fact]
    public async Task Without_credentials_there_is_nothing_to_prove()
    {
        await using var house = new CallHouse();
        house.Challenges(await HangUp(house));
        await house.Writes("call.closed");
    }

    /// <summary>The caller hangs up on a call through the carrier; the BYE that the carrier gets.</summary>
    static async Task<SipRequest> HangUp(CallHouse house)
    {
        house.Dial("222333444");
        house.Answer(await house.Sends("INVITE"));
        var answer = await house.Responds(200);
        house.FromCaller(answer, "ACK", 1);
        house.FromCaller(answer, "BYE", 2);
        return await house.Sends("BYE");
    }
}
