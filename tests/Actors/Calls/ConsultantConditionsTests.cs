using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;
using static TeleCube.Actors.Tests.Calls.QueueSpec;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>A queue respects each number's own conditions (PRODUCT §5, GUIDE §6 tip 1).</summary>
public sealed class ConsultantConditionsTests
{
    static readonly ExtensionNumber _anna = ExtensionNumber.Parse("11");
    static readonly DialledNumber _elsewhere = new DialledNumber.Internal(ExtensionNumber.Parse("12"));

    readonly QueueSpec _spec = new();

    CallTable Table => _spec.Table;

    [Theory]
    [InlineData("free", false, false, null)]
    [InlineData("do-not-disturb", false, true, "do-not-disturb")]
    [InlineData("talks", false, false, "busy")]
    [InlineData("talks", false, true, null)]
    [InlineData("talks, no call waiting", false, true, "busy")]
    [InlineData("away", false, false, "unreachable")]
    [InlineData("away, forwarded", false, false, "unreachable")]
    [InlineData("away, forwarded", true, false, null)]
    [InlineData("forwarded", false, false, "unreachable")]
    [InlineData("forwarded", true, false, null)]
    [InlineData("free, with forwards for when it is not", true, false, null)]
    public void An_extension_is_rung_only_as_it_wants_to_be(string state, bool follows, bool ringsBusy, string? missed)
    {
        _spec.Set(queue => queue with { FollowForwards = follows, RingsBusy = ringsBusy });
        Table.Phones["12"] = 1;
        if (state.StartsWith("talks", StringComparison.Ordinal)) Table.BusyExtensions.Add("11");
        if (state.StartsWith("away", StringComparison.Ordinal)) Table.Phones["11"] = 0;
        var forwards = state switch
        {
            "away, forwarded" => new ExtensionForwards(Unreachable: _elsewhere),
            "forwarded" => new ExtensionForwards(Unconditional: _elsewhere),
            _ => new ExtensionForwards(Busy: _elsewhere, NoAnswer: _elsewhere),
        };
        var extension = new Extension(_anna) { DoNotDisturb = state == "do-not-disturb", CallWaiting = state != "talks, no call waiting", Forwards = forwards, Voicemail = new() { On = true } };
        Table.Tenant = Table.Tenant with { Extensions = Table.Tenant.Extensions.SetItem(_anna, extension) };
        _spec.CallIn();
        _spec.Offer(1, Anna);
        if (missed is null) Assert.Equal(new Party.Phone(follows && state.Contains("forwarded", StringComparison.Ordinal) ? "12" : "11"), _spec.Call.Legs[^1].Party);
        else Assert.Equal<MissedOffer>([new(Anna, missed)], Assert.IsType<DistributorCommand.OfferFailed>(Assert.Single(_spec.Told)).Missed);
    }

    [Theory]
    [InlineData("away", "no phone is registered")]
    [InlineData("forwarded", "forwards all calls")]
    [InlineData("do-not-disturb", "do-not-disturb is on")]
    [InlineData("talks", "is in a call")]
    public void Why_he_is_not_rung_is_said_in_words(string state, string words)
    {
        if (state == "talks") Table.BusyExtensions.Add("11");
        if (state == "away") Table.Phones["11"] = 0;
        var extension = new Extension(_anna) { DoNotDisturb = state == "do-not-disturb", Forwards = new(Unconditional: state == "forwarded" ? _elsewhere : null) };
        Table.Tenant = Table.Tenant with { Extensions = Table.Tenant.Extensions.SetItem(_anna, extension) };
        var conditions = new QueueConditions(Table.World.Plan, Table.World.View).Of(Table.Tenant);
        Assert.Equal(words, conditions.WhyNotRung(Table.Tenant.Queues[Number], Anna)?.Text);
        Assert.Null(conditions.WhyNotRung(Table.Tenant.Queues[Number], Cezary));
    }

    /// <summary>Neither his voicemail nor his forwards get the caller.</summary>
    [Theory]
    [InlineData(486, "busy")]
    [InlineData(603, "declined")]
    [InlineData(480, "unreachable")]
    public void A_phone_that_does_not_take_it_sends_the_caller_nowhere(int status, string cause)
    {
        var extension = new Extension(_anna) { Forwards = new(Busy: _elsewhere, NoAnswer: _elsewhere, Unreachable: _elsewhere), Voicemail = new() { On = true } };
        Table.Tenant = Table.Tenant with { Extensions = Table.Tenant.Extensions.SetItem(_anna, extension) };
        _spec.Set(queue => queue with { FollowForwards = true });
        _spec.CallIn();
        _spec.Offer(1, Anna);
        Table.Answer(_spec.LegOf(Anna), status);
        Assert.Equal<MissedOffer>([new(Anna, cause)], Assert.IsType<DistributorCommand.OfferFailed>(Assert.Single(_spec.Told)).Missed);
        Assert.Equal("music", _spec.HeardFiles());
        Assert.Empty(_spec.Ringing);
    }
}
