using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>Logging in and out, by code and by link, and pauses: PRODUCT §5 word for word.</summary>
public sealed class ConsultantsTests
{
    static readonly ConsultantId _boss = ConsultantId.Of(new ExternalNumberId("boss"));

    [Fact]
    public void One_logged_in_by_code_comes_after_the_linked_ones_in_order_of_login()
    {
        var table = new QueueTable(queue => queue with { Consultants = [new(QueueTable.Id("12"))] }).LogsIn("15").LogsIn("14").LogsIn("15");
        Assert.Equal(QueueTable.Ids("12", "15", "14"), Roster.LoggedIn(table.World.Queues[QueueTable.Sales], table.Queue, _ => true));
        Assert.Equal("12:anna", table.Joins("anna").Ringing);
        Assert.Equal("12:anna 15:bert", table.Joins("bert").Ringing);
        Assert.Equal(2, table.History.OfType<DistributorEvent.LoggedIn>().Count(one => !one.Linked));
    }

    [Fact]
    public void A_linked_one_logs_out_of_that_queue_and_comes_back_to_his_place()
    {
        var table = new QueueTable().Set(queue => queue with { Consultants = [new(QueueTable.Id("10"))] }, QueueTable.Service).LogsOut("10");
        Assert.Equal("11:anna", table.Joins("anna").Ringing);
        Assert.Equal("10:bert 11:anna", table.Joins("bert", queue: QueueTable.Service).Ringing);
        table.Leaves("anna").Leaves("bert").LogsIn("10");
        Assert.Equal("10:carl", table.Joins("carl").Ringing);
    }

    [Fact]
    public void Linking_logs_in()
    {
        var table = new QueueTable().LogsOut("10").LogsIn("15");
        table.Set(queue => queue with { Consultants = [new(QueueTable.Id("11"))] }).After(1);
        Assert.Empty(table.Queue.LoggedOut);
        table.Set(queue => queue with { Consultants = [new(QueueTable.Id("10")), new(QueueTable.Id("15"))] }).After(1);
        Assert.Equal(("10", ""), (Roster.LoggedIn(table.World.Queues[QueueTable.Sales], table.Queue, _ => true)[0].Value, string.Join(' ', table.Queue.LoggedIn)));
    }

    [Fact]
    public void Who_logs_out_while_he_talks_talks_on_and_gets_no_other_call()
    {
        var table = new QueueTable(queue => queue with { Consultants = [new(QueueTable.Id("10"))] }).Joins("anna").Answers("10", "anna").LogsOut("10").Joins("bert");
        Assert.Equal("10:anna", table.Talking);
        Assert.Equal("", table.After(60).HangsUp("10").After(1).Ringing);
    }

    [Fact]
    public void A_pause_is_another_matter_than_being_logged_in()
    {
        var table = new QueueTable().Pauses("10", "lunch").Joins("anna");
        Assert.Equal("11:anna", table.Ringing);
        table.LogsOut("10").LogsIn("10").Joins("bert");
        Assert.Equal("11:anna 12:bert", table.Ringing);
        table.Says(new DistributorCommand.Unpause(QueueTable.Sales, QueueTable.Id("10"))).Joins("carl");
        Assert.Equal("10:carl 11:anna 12:bert", table.Ringing);
    }

    [Fact]
    public void A_repeat_is_accepted_and_changes_nothing()
    {
        var table = new QueueTable().LogsIn("10");
        Assert.Empty(table.Last.Events);
        Assert.Null(table.Last.Refused);
        table.LogsOut("10").LogsOut("10");
        Assert.Empty(table.Last.Events);
        Assert.Single(table.Pauses("11", "lunch").Last.Events);
        Assert.Empty(table.Pauses("11", "lunch").Last.Events);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var table = new QueueTable();
        table.World.Gone.UnionWith([QueueTable.Id("99"), ConsultantId.Of(new ExternalNumberId("nobody"))]);
        Assert.Equal(Refusals.NoSuchExtension, table.LogsIn("99").Last.Refused?.Code);
        Assert.Equal(Refusals.NoSuchExternalNumber, table.LogsIn("external:nobody").Last.Refused?.Code);
        Assert.Equal(Refusals.NotAConsultant, table.LogsIn("external:boss").Last.Refused?.Code);
        Assert.Equal(Refusals.NotAConsultant, table.Pauses("15").Last.Refused?.Code);
        Assert.Equal(Refusals.NoSuchQueue, table.Says(new DistributorCommand.LogOut(QueueTable.Service, QueueTable.Id("10"))).Last.Refused?.Code);
        Assert.Empty(table.History);

        table.Set(queue => queue with { Consultants = [new(_boss)] }).Says(new DistributorCommand.LogOut(QueueTable.Sales, _boss));
        Assert.Null(table.Says(new DistributorCommand.LogIn(QueueTable.Sales, _boss)).Last.Refused);
        Assert.Equal(2, table.History.Count);
    }

    [Fact]
    public void A_deleted_consultant_is_rung_no_more_and_forgotten()
    {
        var table = new QueueTable(queue => queue with { Consultants = [] }).LogsIn("15").Pauses("15");
        table.World.Gone.Add(QueueTable.Id("15"));
        table.After(1);
        Assert.Empty(table.Queue.LoggedIn);
        Assert.Empty(table.After(1).Queue.Paused);
        Assert.Equal("", table.Joins("anna").Ringing);
    }
}
