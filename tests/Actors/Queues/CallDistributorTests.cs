using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tests.Queues;

/// <summary>The call distributor's shell: journal, calls, timers, restarts, a store that goes away.</summary>
public sealed class CallDistributorTests : IAsyncDisposable
{
    readonly QueueHouse _house = new();

    [Fact]
    public async Task A_caller_is_offered_and_the_board_and_the_news_say_so()
    {
        await _house.Joins("anna");
        var offer = await _house.Told<QueueNotice.Offer>("anna");
        Assert.Equal((1L, "10"), (offer.Number, offer.Consultants.Single().Value));
        Assert.Equal(ConsultantActivity.Ringing, _house.Board.Find(QueueHouse.Tenant)!.Consultants[QueueTable.Id("10")].Activity);

        await _house.Says(new DistributorCommand.Answered(QueueTable.Ticket("anna"), QueueTable.Sales, 1, QueueTable.Id("10"), _house.Clock.GetUtcNow()));
        await _house.Says(new DistributorCommand.TalkEnded(QueueTable.Ticket("anna"), QueueTable.Sales, QueueTable.Id("10"), _house.Clock.GetUtcNow()));
        Assert.Equal(
            ["queue.joined", "consultant.state ringing", "queue.answered", "consultant.state talking", "consultant.state idle"],
            (await _house.News()).Select(one => one.Type + (one.Json.Split("\"state\":\"") is [_, var state] ? " " + state.Split('"')[0] : "")));
        Assert.True(await _house.IsRemembered());
    }

    [Fact]
    public async Task After_a_restart_everybody_has_his_place_and_the_calls_are_asked_where_they_stand()
    {
        await _house.Joins("anna");
        await _house.Joins("bert");
        await _house.Joins("carl");
        var before = await _house.Until(state => state.Queues[QueueTable.Sales].Waiting.Length == 3);
        await _house.Restart();

        foreach (var call in new[] { "anna", "bert", "carl" }) await _house.Told<QueueNotice.AreYouThere>(call);
        var after = await _house.Until(state => state.Queues.Count > 0);
        Assert.Equal(
            before.Queues[QueueTable.Sales].Waiting.Select(caller => (caller.Ticket, caller.Since)),
            after.Queues[QueueTable.Sales].Waiting.Select(caller => (caller.Ticket, caller.Since)));

        await _house.Joins("anna"); // says so again
        Assert.Equal(1, (await _house.Told<QueueNotice.Offer>("anna")).Number);
    }

    [Fact]
    public async Task A_state_from_a_snapshot_is_the_same()
    {
        for (var i = 0; i < 150; i++) // over the number after which one is taken
        {
            await _house.Joins("anna");
            await _house.Says(new DistributorCommand.Leave(QueueTable.Ticket("anna"), QueueExit.Abandoned, _house.Clock.GetUtcNow()));
        }

        await _house.Joins("bert");
        var before = await _house.Until(state => !state.Queues[QueueTable.Sales].Waiting.IsEmpty);
        await _house.Restart();
        var after = await _house.Until(state => state.Queues.Count > 0);
        Assert.Equal((before.Offers, before.Queues[QueueTable.Sales].Waiting.Single().Since), (after.Offers, after.Queues[QueueTable.Sales].Waiting.Single().Since));
    }

    [Fact]
    public async Task What_is_due_by_time_is_done()
    {
        _house.Set(queue => queue with { MaxWait = TimeSpan.FromSeconds(10), RetryPause = TimeSpan.FromSeconds(4), Consultants = [new(QueueTable.Id("10"))] });
        await _house.Joins("anna");
        await _house.Told<QueueNotice.Offer>("anna");
        await _house.Says(new DistributorCommand.OfferFailed(QueueTable.Ticket("anna"), 1, [new(QueueTable.Id("10"), "no-answer")], _house.Clock.GetUtcNow()));
        for (var second = 0; second < 4; second++) await _house.Due(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await _house.Told<QueueNotice.Offer>("anna")).Number);
        _house.Away["10"] = true;
        await _house.Says(new DistributorCommand.OfferFailed(QueueTable.Ticket("anna"), 2, [new(QueueTable.Id("10"), "no-answer")], _house.Clock.GetUtcNow()));
        for (var second = 4; second < 10; second++) await _house.Due(TimeSpan.FromSeconds(1));
        Assert.Equal(QueueExit.Timeout, (await _house.Told<QueueNotice.Exit>("anna")).Why);
    }

    [Fact]
    public async Task A_phone_that_comes_back_is_noticed()
    {
        (_house.Away["10"], _house.Away["11"]) = (true, true);
        await _house.Joins("anna");
        await _house.Due(TimeSpan.FromSeconds(1));
        await _house.Ask(new DistributorCommand.Look());
        Assert.True(_house.IsQuiet("anna"));
        _house.Away.Clear();
        await _house.Due(TimeSpan.FromSeconds(1));
        await _house.Told<QueueNotice.Offer>("anna");
    }

    [Fact]
    public async Task A_deleted_queue_sends_its_callers_on_at_once()
    {
        (_house.Away["10"], _house.Away["11"]) = (true, true);
        await _house.Joins("anna");
        _house.Set(_ => null);
        _house.Publish(new TenantChanged(new("other"), new TenantEvent.SwitchDeleted(default)));
        _house.Publish(new TenantChanged(QueueHouse.Tenant, new TenantEvent.SwitchDeleted(default)));
        Assert.Equal(QueueExit.Gone, (await _house.Told<QueueNotice.Exit>("anna")).Why);
    }

    [Fact]
    public async Task While_the_store_is_away_nothing_is_told_and_then_all_in_order_and_once()
    {
        await _house.Joins("first");
        await _house.Told<QueueNotice.Offer>("first");

        _house.Journal.Away = true;
        _house.Tell(_house.Join("anna"));
        Assert.IsType<Rejection>(await _house.Ask(new DistributorCommand.LogOut(QueueTable.Sales, QueueTable.Id("10"))));
        _house.Tell(_house.Join("bert"));
        Assert.IsType<Rejection>(await _house.Ask(new DistributorCommand.LogOut(QueueTable.Sales, QueueTable.Id("10"))));
        await _house.Due(TimeSpan.FromSeconds(1));
        await _house.Armed(TimeSpan.FromSeconds(1)); // it has been tried in vain
        Assert.True(_house.IsQuiet("anna") && _house.IsQuiet("bert"));
        _house.Journal.Away = false;
        await _house.Due(TimeSpan.FromSeconds(1));

        Assert.Equal("11", (await _house.Told<QueueNotice.Offer>("anna")).Consultants.Single().Value);
        var state = await _house.Until(now => now.Queues[QueueTable.Sales].Waiting.Length == 3);
        Assert.Equal(["first", "anna", "bert"], state.Queues[QueueTable.Sales].Waiting.Select(caller => caller.Ticket.Call.Value));
        Assert.Empty(state.Queues[QueueTable.Sales].LoggedOut); // who was refused is not obeyed later
        Assert.True(_house.IsQuiet("anna") && _house.IsQuiet("bert"));
    }

    [Fact]
    public async Task What_was_written_without_an_answer_is_written_once()
    {
        await _house.Joins("first");
        await _house.Told<QueueNotice.Offer>("first");
        _house.Journal.LoseNextAnswer();
        _house.Tell(_house.Join("anna"));
        Assert.IsType<Rejection>(await _house.Ask(new DistributorCommand.Look()));
        await _house.Due(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await _house.Told<QueueNotice.Offer>("anna")).Number);
        Assert.Equal(2, (await _house.News()).Count(one => one.Type == "queue.joined"));
    }

    [Fact]
    public async Task Nor_is_it_written_again_when_the_store_is_away_after_that()
    {
        await _house.Joins("first");
        await _house.Told<QueueNotice.Offer>("first");
        _house.Journal.LoseNextAnswer();
        _house.Tell(_house.Join("anna"));
        Assert.IsType<Rejection>(await _house.Ask(new DistributorCommand.LogOut(QueueTable.Sales, QueueTable.Id("10"))));
        _house.Journal.Away = true;
        await _house.Due(TimeSpan.FromSeconds(1));
        await _house.Armed(TimeSpan.FromSeconds(1));
        _house.Journal.Away = false;
        await _house.Due(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await _house.Told<QueueNotice.Offer>("anna")).Number);
        Assert.Equal(2, (await _house.News()).Count(one => one.Type == "queue.joined"));
    }

    [Fact]
    public async Task A_long_outage_loses_nobody_who_waits()
    {
        (_house.Away["10"], _house.Away["11"]) = (true, true);
        await _house.Joins("anna");
        _house.Journal.Away = true;
        _house.Tell(_house.Join("bert"));
        Assert.IsType<Rejection>(await _house.Ask(new DistributorCommand.LogOut(QueueTable.Sales, QueueTable.Id("10"))));
        for (var minutes = 0; minutes < 6; minutes++) await _house.Due(TimeSpan.FromMinutes(1));
        _house.Journal.Away = false;
        await _house.Due(TimeSpan.FromSeconds(1));

        await _house.Ask(new DistributorCommand.LogOut(QueueTable.Sales, QueueTable.Id("11"))); // behind whatever has piled up
        var state = await _house.Until(now => !now.Queues[QueueTable.Sales].LoggedOut.IsEmpty);
        Assert.Equal(["anna", "bert"], state.Queues[QueueTable.Sales].Waiting.Select(caller => caller.Ticket.Call.Value));
    }

    [Fact]
    public async Task A_call_that_says_nothing_any_more_is_taken_for_lost()
    {
        await _house.Joins("anna");
        await _house.Joins("bert");
        for (var asked = 0; asked < 4; asked++)
        {
            await _house.Due(TimeSpan.FromMinutes(1));
            await _house.Joins("bert");
        }

        var state = await _house.Until(now => now.Queues[QueueTable.Sales].Waiting.Length == 1);
        Assert.Equal("bert", state.Queues[QueueTable.Sales].Waiting.Single().Ticket.Call.Value);
        Assert.False(state.Consultants.ContainsKey(QueueTable.Id("10")));
    }

    [Fact]
    public async Task A_call_back_begins_a_call()
    {
        (_house.Away["10"], _house.Away["11"]) = (true, true);
        await _house.Joins("anna");
        await _house.Says(new DistributorCommand.AskCallBack(QueueTable.Ticket("anna"), "600 100 200", null, _house.Clock.GetUtcNow()));
        await _house.Told<QueueNotice.CallBackKept>("anna");
        await _house.Says(new DistributorCommand.Leave(QueueTable.Ticket("anna"), QueueExit.Abandoned, _house.Clock.GetUtcNow()));
        _house.Away.Clear();
        await _house.Due(TimeSpan.FromSeconds(1));
        var state = await _house.Until(now => now.Queues[QueueTable.Sales].Waiting.Single().Offer is not null);
        var by = state.Queues[QueueTable.Sales].Waiting.Single().Offer!.Ticket.Call.Value;
        var order = (await _house.Told<CallCommand.CallBack>(by)).Wanted;
        Assert.Equal(("+48600100200", "1000"), (order.Number, order.Queue.Value));
    }

    [Theory]
    [InlineData("112")]
    [InlineData("118913")]
    [InlineData("10")]
    [InlineData("+48703123456")]
    [InlineData("+4930123456")]
    [InlineData("anonymous")]
    public async Task Nobody_is_called_back_on_a_number_that_costs_more_or_is_none(string number)
    {
        await _house.Joins("anna");
        await _house.Told<QueueNotice.Offer>("anna");
        await _house.Says(new DistributorCommand.AskCallBack(QueueTable.Ticket("anna"), number, null, _house.Clock.GetUtcNow()));
        await _house.Told<QueueNotice.CallBackRefused>("anna");
    }

    [Fact]
    public async Task People_hear_why_not()
    {
        Assert.Equal(Refusals.NoSuchQueue, Assert.IsType<Rejection>(await _house.Ask(new DistributorCommand.LogIn(QueueTable.Service, QueueTable.Id("10")))).Code);
        Assert.IsType<Accepted>(await _house.Ask(new DistributorCommand.LogIn(QueueTable.Sales, QueueTable.Id("15"))));
        Assert.Equal("15", (await _house.Until(state => state.Queues.Count > 0)).Queues[QueueTable.Sales].LoggedIn.Single().Value);
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();
}
