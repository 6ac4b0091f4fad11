using System.Text;
using TeleCube.Actors.Calls.Deciding;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;
using TeleCube.Media.Messages;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>A customer of the infoline whom 11 sends on by REFER: who is rung for it, writes it down or waits with it sees the customer, not 11.</summary>
public sealed class TransferredCallerTests
{
    const string Customer = "+48601234567";
    static readonly E164 _infoline = E164.Parse("+48943401128");
    static readonly ExtensionNumber _eleven = ExtensionNumber.Parse("11"), _twelve = ExtensionNumber.Parse("12"), _queue = ExtensionNumber.Parse("1000");
    static readonly ConsultantId _anna = ConsultantId.Parse("11"), _cezary = ConsultantId.Parse("external:cezary");

    readonly CallTable _call = new();

    public TransferredCallerTests()
    {
        _call.Phones["10"] = 1;
        var cezary = _cezary.External!.Value;
        _call.Tenant = _call.Tenant with
        {
            PhoneNumbers = _call.Tenant.PhoneNumbers.SetItem(_infoline, new PhoneNumber(_infoline) { ForwardTo = new ForwardTarget.ToExtension(_eleven), ClipPrefix = "Infolinia" }),
            Queues = _call.Tenant.Queues.Add(_queue, new Queue(_queue) { Consultants = [new(_anna), new(_cezary)] }),
            ExternalNumbers = _call.Tenant.ExternalNumbers.Add(cezary, new ExternalNumber(cezary, E164.Parse("+48501000001")) { Presentation = NumberPresentation.Passive }),
        };
        _call.Trunks = [.. _call.Trunks.Select(trunk => trunk with { CallerId = trunk.CallerId with { AllowsForeign = true } })];
    }

    [Fact]
    public void The_next_phone_shows_the_customer_and_what_it_called()
    {
        Sends(to: "12");
        Assert.Equal((Customer, $"Infolinia {Customer}"), Shown(2));
    }

    [Fact]
    public void One_who_withholds_its_number_stays_withheld()
    {
        Sends(to: "12", caller: null, name: "Jan Nowak");
        Assert.Equal(("anonymous", "Anonymous"), Shown(2));
    }

    [Fact]
    public void The_voicemail_has_the_message_from_the_customer()
    {
        Change(_twelve, extension => extension with { Voicemail = new VoicemailSettings { On = true } });
        _call.Prompts["beep"] = new PlaySource.Files(["/beep.wav"]);
        _call.Phones.Remove("12");
        Sends(to: "12");
        _call.Take(new CallCommand.Media(new MediaEvent.PlayEnded(new StreamId(_call.Call.Legs[0].Media!.Stream), new PlayId(1), Completed: true)));
        var began = Assert.Single(_call.AllEffects.OfType<CallEffect.Tell>().Select(tell => tell.Message).OfType<MailboxCommand.Begin>());
        Assert.Equal((Customer, $"Infolinia {Customer}"), (began.Recording.Caller, began.Recording.CallerName));
    }

    [Fact]
    public void The_queue_has_the_customer_and_rings_11_for_it_who_sent_it_there()
    {
        Queued();
        var join = Told<DistributorCommand.Join>();
        Assert.Equal((Customer, $"Infolinia {Customer}"), (join.Caller, join.CallerName));
        _call.FromCallee(1, "BYE", 11);
        Offer(1, _anna);
        Assert.Equal((Customer, $"Infolinia {Customer}"), Shown(2));
    }

    [Fact]
    public void A_passive_consultant_outside_is_shown_the_customer()
    {
        Queued();
        Offer(1, _cezary);
        _call.Take(new CallCommand.ChannelGranted("first", _call.Call.Step) { Key = ChannelName.Of(_call.Call, 0, 0) });
        Assert.Equal(Customer, Shown(2).Number);
    }

    [Fact]
    public void Whom_the_company_has_called_itself_is_shown_outside_to_nobody()
    {
        _call.Dial("601234567");
        _call.Take(new CallCommand.ChannelGranted("first", 1));
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
        _call.FromCaller("REFER", 2, extra: "Refer-To: <sip:1000@pbx.test>\r\n");
        Assert.Equal(Customer, Told<DistributorCommand.Join>().Caller);
        Offer(1, _cezary);
        _call.Take(new CallCommand.ChannelGranted("first", _call.Call.Step) { Key = ChannelName.Of(_call.Call, 0, 0) });
        Assert.Equal(_infoline.Value, Shown(2).Number);
    }

    [Fact]
    public void What_11_may_call_outside_is_still_its_own_affair_and_its_own_number_is_shown()
    {
        Sends(to: "501000009");
        _call.Take(new CallCommand.ChannelGranted("first", 2));
        Assert.Equal(_infoline.Value, Shown(2).Number);
        var kept = new TransferredCallerTests();
        kept.Change(_eleven, extension => extension with { Allowed = AllowedDestinations.None });
        kept.Sends(to: "501000009");
        Assert.StartsWith("SIP/2.0 403", kept.Sipfrags()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_transfer_is_done_when_the_queue_has_taken_the_customer_in()
    {
        Sends(to: "1000");
        Assert.StartsWith("SIP/2.0 100", Sipfrags()[^1], StringComparison.Ordinal);
        Assert.True(Told<DistributorCommand.Join>().AwaitsPlace);
        Say(new QueueNotice.Joined());
        Assert.StartsWith("SIP/2.0 200", Sipfrags()[^1], StringComparison.Ordinal);
        Assert.Equal((null, null), (_call.Call.Transfer, _call.Call.Talk));
        Assert.True(_call.Call.IsLeftOver(_call.Call.Legs[1]));
        Assert.NotNull(InQueue.Of(_call.Call));
    }

    [Theory]
    [InlineData(QueueExit.Full, 486)]
    [InlineData(QueueExit.NoConsultants, 480)]
    [InlineData(QueueExit.Gone, 480)]
    public void A_queue_that_does_not_take_it_leaves_both_talking(QueueExit why, int status)
    {
        Sends(to: "1000");
        Say(new QueueNotice.Exit(why));
        Assert.StartsWith($"SIP/2.0 {status}", Sipfrags()[^1], StringComparison.Ordinal);
        Assert.Equal((CallPhase.Talking, new Pair(0, 1), null, null), (_call.Call.Phase, _call.Call.Talk, _call.Call.Transfer, _call.Call.Scheme));
        Assert.True(_call.Call.Legs[1].Up);
    }

    /// <summary>They would be the transferor's own, and its phone is asked for no PIN.</summary>
    [Fact]
    public void Nobody_is_sent_to_the_messages_of_another()
    {
        Change(_eleven, extension => extension with { Voicemail = new VoicemailSettings { On = true } });
        Sends(to: "*9");
        Assert.StartsWith("SIP/2.0 403", Sipfrags()[^1], StringComparison.Ordinal);
        Assert.Equal((new Pair(0, 1), null, null), (_call.Call.Talk, _call.Call.Transfer, _call.Call.Scheme));
    }

    [Fact]
    public void And_rings_11_back_where_it_has_hung_up_meanwhile()
    {
        Sends(to: "1000");
        _call.FromCallee(1, "BYE", 11);
        Say(new QueueNotice.Exit(QueueExit.Full));
        Assert.Equal("11", Assert.IsType<RouteStep.Ring>(_call.Call.Trying).Extension);
        Assert.Equal((Customer, $"Infolinia {Customer}"), Shown(2));
    }

    [Fact]
    public void Nobody_waits_for_a_distributor_that_says_nothing()
    {
        Sends(to: "1000");
        var again = _call.AllEffects.OfType<CallEffect.StartTimer>().Last(timer => timer.Command is CallCommand.SayAgainInQueue);
        Assert.Equal(TimeSpan.FromSeconds(10), again.After);
        _call.Take(again.Command);
        Assert.Null(_call.Call.Transfer);
        Assert.StartsWith("SIP/2.0 200", Sipfrags()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_restart_the_queue_is_asked_again()
    {
        Sends(to: "1000");
        _call.Restart();
        Assert.True(Told<DistributorCommand.Join>().AwaitsPlace);
        Say(new QueueNotice.Exit(QueueExit.Full));
        Assert.Equal((new Pair(0, 1), null), (_call.Call.Talk, _call.Call.Transfer));
    }

    [Fact]
    public void Who_called_another_and_is_rung_back_sees_the_other()
    {
        _call.Dial("11");
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
        _call.FromCaller("REFER", 2, extra: "Refer-To: <sip:12@pbx.test>\r\n");
        Assert.Equal(("11", "Biuro 11"), Shown(2));
        _call.FromCaller("BYE", 3);
        _call.Answer(2, 486);
        Assert.Equal("10", Assert.IsType<RouteStep.Ring>(_call.Call.Trying).Extension);
        Assert.Equal(("11", "Biuro 11"), Shown(3));
    }

    /// <summary>The customer calls the infoline, talks with 11, and 11 sends it on.</summary>
    void Sends(string to, string? caller = Customer, string? name = null)
    {
        _call.Dial(_infoline.Value, new CallOrigin.Trunk("first", _infoline, caller, name));
        _call.Answer(1, 200, "bob");
        _call.FromCaller("ACK", 1);
        _call.FromCallee(1, "REFER", 10, extra: $"Refer-To: <sip:{to}@pbx.test>\r\n");
    }

    void Queued()
    {
        Sends(to: "1000");
        Say(new QueueNotice.Joined());
    }

    void Say(QueueNotice notice) => _call.Take(new CallCommand.QueueSays(Told<DistributorCommand.Join>().Ticket, notice));

    void Offer(long number, ConsultantId to) => Say(new QueueNotice.Offer(number, [to], TimeSpan.FromSeconds(20)));

    T Told<T>() where T : DistributorCommand => _call.AllEffects.OfType<CallEffect.Tell>().Select(tell => tell.Message).OfType<T>().Last();

    (string? Number, string? Name) Shown(int leg) =>
        _call.AllEffects.OfType<CallEffect.Invite>().Last(invite => invite.Leg == leg).Sent.Request.From is NameAddress from ? (from.Uri.User, from.DisplayName) : default;

    string[] Sipfrags() =>
        [.. _call.AllEffects.OfType<CallEffect.InDialog>().Where(request => request.Method == SipMethod.Notify).Select(request => Encoding.UTF8.GetString(request.Body.Span))];

    void Change(ExtensionNumber number, Func<Extension, Extension> change) =>
        _call.Tenant = _call.Tenant with { Extensions = _call.Tenant.Extensions.SetItem(number, change(_call.Tenant.Extensions[number])) };
}
