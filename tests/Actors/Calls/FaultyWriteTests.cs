using System.Text.Json;
using TeleCube.Actors.Calls.Model;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>What no store can hold must reach none; and if the store refuses what a call would write all the same, the call ends instead of trying it for ever.</summary>
public sealed class FaultyWriteTests
{
    static readonly AppendOutcome _faulty = new(AppendStatus.Faulty, "22021: invalid byte sequence");

    /// <summary>RFC 4475 §3.1.1.3: an escaped NUL is a valid user.</summary>
    [Fact]
    public async Task A_call_to_an_escaped_NUL_ends_with_a_record_that_any_store_takes()
    {
        await using var house = new CallHouse();

        house.Dial("1%00");
        await house.Responds(404);

        await house.Writes("call.closed");
        using var cdr = JsonDocument.Parse((await house.Cdr())!.Json);
        Assert.Equal("1\uFFFD", cdr.RootElement.GetProperty("callee").GetString());
    }

    [Fact]
    public async Task A_new_call_is_refused_and_leaves_nothing()
    {
        await using var house = new CallHouse();
        house.Journal.RefuseNext(_faulty);

        house.Dial("11");

        await house.Responds(500);
        Assert.Equal(0, house.Live.Count);
        Assert.Empty(house.Quarantine.List);
        Assert.Empty(house.Journaled);
    }

    [Fact]
    public async Task A_running_call_is_hung_up_and_listed_with_the_reason()
    {
        await using var house = new CallHouse();
        house.Dial("11");
        var invite = await house.Sends("INVITE");
        await house.Writes("call.dialled");
        var journaled = house.Journaled.Count();

        house.Journal.RefuseNext(_faulty);
        house.Answer(invite);

        Assert.Equal("ACK", (await house.Sends("ACK")).Method.Name);
        await house.Sends("BYE");
        Assert.Contains("22021", Assert.Single(house.Quarantine.List).Reason, StringComparison.Ordinal);
        Assert.Equal(0, house.Live.Count);

        house.Clock.Advance(TimeSpan.FromSeconds(2)); // when an absent store would be asked again
        Assert.Equal("quarantined", (await house.Region.Ask<Rejection>(house.Call, new GetCall(), TimeSpan.FromSeconds(30))).Code);
        Assert.Equal(journaled, house.Journaled.Count());
    }
}
