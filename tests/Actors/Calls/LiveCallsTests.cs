using System.Net;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>In how many calls a phone or a number outside takes part is kept from change to change; a walk over all calls would find the same.</summary>
public sealed class LiveCallsTests
{
    static readonly TenantId[] _companies = [new("firmaabcde"), new("other")];
    static readonly string[] _phones = ["11", "12", "13"], _numbers = ["+48600100200", "+48600100201"];
    static readonly SipTarget _nowhere = new(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5060));

    readonly LiveCalls _live = new();

    [Fact]
    public void Counts_are_what_a_walk_over_all_calls_finds()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            for (var step = 0; step < 200; step++)
            {
                Change(random);
                foreach (var company in _companies)
                    foreach (var phone in _phones)
                        foreach (var except in _live.All.Select(call => call.Id.Value).Append(""))
                            Assert.True(Walked(company, phone, except) == _live.CallsOf(company, phone, except), $"seed {seed}, step {step}: {phone} of {company} but for '{except}'");
                foreach (var number in _numbers)
                    Assert.True(IsUp(number) == _live.IsTalking(number), $"seed {seed}, step {step}: {number}");
            }
        }
    }

    [Fact]
    public void Who_goes_from_one_leg_to_another_is_never_seen_free()
    {
        var call = CallState.Initial with { Id = new CallId("a"), Tenant = _companies[0], Phase = CallPhase.Talking, Legs = [Leg(0, LegRole.Uac, new Party.Phone("11"), LegPhase.Talking)] };
        _live.Update(call);
        _live.Update(call with { Legs = [call.Legs[0] with { Phase = LegPhase.Ended }, Leg(1, LegRole.Uac, new Party.Phone("11"), LegPhase.Ringing)] });
        Assert.Equal(1, _live.CallsOf(_companies[0], "11", ""));
        _live.Remove(call.Id.Entity(call.Tenant));
        Assert.Equal(0, _live.CallsOf(_companies[0], "11", ""));
    }

    /// <summary>A leg comes, goes on, ends or is forgotten, or a call is over.</summary>
    void Change(Random random)
    {
        var (company, id) = (_companies[random.Next(2)], new CallId($"call{random.Next(5)}"));
        if (random.Next(12) == 0) _live.Remove(id.Entity(company));
        else _live.Update(Changed(_live.Find(id.Entity(company)) ?? CallState.Initial with { Id = id, Tenant = company, Phase = CallPhase.Setup }, random));
    }

    static CallState Changed(CallState call, Random random) => random.Next(8) switch
    {
        0 => call with { Phase = CallPhase.Over },
        1 when call.Legs.Length > 2 => call with { Legs = call.Legs.RemoveAt(random.Next(call.Legs.Length)) },
        < 5 when !call.Legs.IsEmpty => call.With(call.Legs[random.Next(call.Legs.Length)] with { Phase = (LegPhase)random.Next(5) }),
        _ => call.With(Leg(call.NextLeg, (LegRole)random.Next(2), AParty(random), (LegPhase)random.Next(5))),
    };

    static Party AParty(Random random) =>
        random.Next(2) == 0 ? new Party.Phone(_phones[random.Next(3)]) : new Party.Outside("carrier", _numbers[random.Next(2)]);

    static Leg Leg(int number, LegRole role, Party party, LegPhase phase) =>
        new() { Number = number, Role = role, Party = party, Phase = phase, LocalTag = $"t{number}", Target = _nowhere };

    int Walked(TenantId company, string phone, string except) => _live.All.Count(call =>
        call.Tenant == company && call.Id.Value != except && call.Legs.Any(leg => leg.Live && leg.Party == new Party.Phone(phone)));

    bool IsUp(string number) => _live.All.Any(call =>
        call.Legs.Any(leg => leg is { Up: true, Role: LegRole.Uac, Party: Party.Outside(_, var called) } && called == number));
}
