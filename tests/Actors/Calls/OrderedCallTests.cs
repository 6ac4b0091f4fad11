using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>What the record of an ordered call says: where it went, and which of the two did not take it.</summary>
public sealed class OrderedCallTests
{
    readonly CallTable _call = new();

    [Theory]
    [InlineData("12", CallDirection.Internal)]
    [InlineData("501222333", CallDirection.Outgoing)]
    public void Its_direction_is_where_it_goes(string to, CallDirection direction)
    {
        Order(to);
        _call.Take(new CallCommand.HangUp(EndCause.HungUp));
        Assert.Equal(direction, Cdr().Direction);
    }

    [Theory]
    [InlineData(603)]
    [InlineData(486)]
    [InlineData(480)]
    public void Who_ordered_it_and_does_not_take_it_is_named_and_not_the_callee(int status)
    {
        Order("12");
        _call.Answer(0, status);
        var cdr = Cdr();
        Assert.Equal(("not-taken-by-orderer", "not-taken-by-orderer", status), (cdr.Disposition, cdr.Cause.Code, cdr.Cause.Status));
        Assert.Contains("11 ordered", cdr.Cause.Text, StringComparison.Ordinal);
        Assert.Equal(("11", "12"), (cdr.Caller, cdr.Callee));
        Assert.NotEqual("not-taken-by-orderer", Assert.Single(cdr.Legs).Cause.Code); // the phone's own word
    }

    [Fact]
    public void An_orderer_who_rings_in_vain_is_named_too()
    {
        Order("12");
        _call.Answer(0, 180);
        _call.Take(new CallCommand.GiveUpSetup());
        Assert.Equal("not-taken-by-orderer", Cdr().Disposition);
    }

    [Fact]
    public void A_callee_who_is_busy_is_busy()
    {
        Order("12");
        _call.Answer(0, 200, "bob");
        _call.Answer(1, 486);
        Assert.Equal("busy", Cdr().Disposition);
    }

    void Order(string to) => _call.Take(new CallCommand.Order(CallTable.Company, "11", to));

    Cdr Cdr() => Assert.Single(_call.Events.OfType<CallEvent.Ended>()).Cdr;
}
