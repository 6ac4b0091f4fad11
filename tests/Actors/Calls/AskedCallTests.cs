using TeleCube.Actors.Audit;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Calls.Views;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>What people ask of calls is written down with who asked, in the transaction that carries it out.</summary>
public sealed class AskedCallTests
{
    static readonly AuditEntry _entry = new()
    {
        Id = "0198",
        At = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero),
        Action = "hang-up-call",
        Actor = new(AuditActorKind.User, "anna", "u1", "supervisor"),
        Tenant = CallTable.Company.Value,
        Resource = "calls",
        ResourceId = "c1",
        Verb = "DELETE",
        Address = "192.0.2.1",
        RequestId = "r1",
    };

    readonly CallTable _call = new();

    [Fact]
    public void An_order_ends_with_who_gave_it()
    {
        _call.Dial("11");
        _call.Take(new CallCommand.Asked(new CallCommand.HangUp(EndCause.HungUp), _entry));
        Assert.Equal(CallPhase.Over, _call.Call.Phase);
        Assert.Same(_entry, Assert.IsType<CallEvent.Asked>(_call.Events[^1]).Entry);
    }

    [Fact]
    public void A_refused_order_leaves_nothing()
    {
        _call.Dial("11");
        var before = _call.Events.Count;
        _call.Take(new CallCommand.Asked(new CallCommand.TransferTo(null, "13"), _entry)); // it does not talk yet
        Assert.Equal(before, _call.Events.Count);
    }

    [Fact]
    public void An_order_that_is_repeated_is_written_down_once()
    {
        var order = new CallCommand.Asked(new CallCommand.Order(CallTable.Company, "11", "12"), _entry);
        _call.Take(order);
        _call.Take(order);
        _call.Take(new CallCommand.HangUp(EndCause.HungUp));
        _call.Close();
        _call.Take(order);
        Assert.Single(_call.Events.OfType<CallEvent.Asked>());
    }

    [Fact]
    public void Its_event_is_read_again_as_it_was_written_and_becomes_a_row_of_the_audit_log()
    {
        var asked = new CallEvent.Asked(_entry, _entry.At);
        var registry = new EventRegistry().AddCallEvents();
        var (type, version, payload) = registry.Encode(asked);
        Assert.Equal(("call.asked", 1), (type, version));
        Assert.Equal(asked, registry.Decode(type, version, payload));

        var row = Assert.IsType<StoreWrite.Upsert>(AuditLog.Row(_entry));
        Assert.Equal((CallTable.Company, "anna", "hang-up-call"), (row.Tenant, row.Columns["actor"], row.Columns["action"]));
        Assert.Equal(_entry, AuditLog.Read(row.Json));
    }
}
