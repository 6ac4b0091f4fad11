using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>An extension without call waiting gets one call, also when two are decided before either is in the journal.</summary>
public sealed class OneCallAtATimeTests
{
    readonly LiveCalls _live = new();

    [Fact]
    public void The_second_of_two_that_are_decided_together_finds_it_busy()
    {
        Assert.True(_live.TryPromise(CallTable.Company, "12", "another")); // whose turn is on its way into the journal
        var late = Table(1);
        late.Dial("12");
        Assert.Equal(486, late.Response(486).Status);
        Assert.Equal("busy", late.Call.Cause!.Code);

        _live.Settle(new CallId("another").Entity(CallTable.Company)); // it came to nothing
        var next = Table(2);
        next.Dial("12", new CallOrigin.Extension("11"));
        Assert.Equal(1, next.Invite(1).Leg);
        Assert.False(_live.TryPromise(CallTable.Company, "12", "another")); // the call itself is seen now
        Assert.True(_live.TryPromise(CallTable.Company, "12", next.Call.Id.Value));
    }

    [Fact]
    public void Its_forward_on_busy_takes_the_second()
    {
        Assert.True(_live.TryPromise(CallTable.Company, "12", "another"));
        var late = Table(1);
        var twelve = ExtensionNumber.Parse("12");
        var forwards = late.Tenant.Extensions[twelve] with { Forwards = new Actors.Tenants.ExtensionForwards(Busy: new DialledNumber.Internal(ExtensionNumber.Parse("11"))) };
        late.Tenant = late.Tenant with { Extensions = late.Tenant.Extensions.SetItem(twelve, forwards) };
        late.Dial("12");
        Assert.Equal(new Party.Phone("11"), late.Call.Legs[1].Party);
    }

    CallTable Table(int number)
    {
        var table = new CallTable(number) { Around = _live };
        var twelve = ExtensionNumber.Parse("12");
        table.Tenant = table.Tenant with { Extensions = table.Tenant.Extensions.SetItem(twelve, table.Tenant.Extensions[twelve] with { CallWaiting = false }) };
        return table;
    }
}
