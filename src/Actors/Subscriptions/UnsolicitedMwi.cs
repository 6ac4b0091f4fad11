using TeleCube.Actors.Calls.Wire;
using TeleCube.Actors.Extensions;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Subscriptions.Documents;
using TeleCube.Actors.Voicemail;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Subscriptions;

/// <summary>
/// Tells phones of their messages that never subscribe to them: a NOTIFY without a dialog (<c>telecube.sip.unsolicited-mwi</c>), when a count changes and
/// when a phone registers. Nobody waits for what they answer.
/// </summary>
public sealed class UnsolicitedMwi(IPhoneRegistry phones, IMailboxes mailboxes, ISignalling signalling, CallSip sip, ITagSource tags) : Actor
{
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe<MailboxChanged>(Self);
        Context.System.EventStream.Subscribe<ExtensionRegistered>(Self);
    }

    protected override void Receive(object message)
    {
        switch (message)
        {
            case MailboxChanged(var tenant, var extension, _): Tell(tenant, extension, null); break;
            case ExtensionRegistered registered: Tell(registered.Tenant, registered.Extension, registered.Contact); break;
            default: Unhandled(message); break;
        }
    }

    void Tell(TenantId tenant, ExtensionNumber extension, string? only)
    {
        foreach (var phone in phones.Of(tenant, extension).Where(phone => only is null || phone.Binding.Contact == only))
            Tell(phone, extension, mailboxes.Find(tenant, extension));
    }

    void Tell(LiveContact phone, ExtensionNumber extension, MailboxCounts counts)
    {
        var own = new NameAddress(SipUri.Parse($"sip:{extension}@{sip.HostInUri}"));
        var call = tags.Next(null);
        var notify = new SipRequest(SipMethod.Notify, phone.Uri)
        {
            From = own.WithTag(tags.Next(null)),
            To = own,
            CallId = call,
            CSeq = new CSeq(1, SipMethod.Notify),
            MaxForwards = 70,
            Contact = sip.ContactFor(phone.Target),
        };
        foreach (var route in phone.Routes) notify.Headers.Add(SipHeaderName.Route, route);
        notify.Set(new Event(EventPackage.MessageSummary.Name));
        notify.Headers.Add(SipHeaderName.SubscriptionState, "active");
        notify.Headers.Add(SipHeaderName.UserAgent, sip.Server);
        notify.SetBody(EventPackage.MessageSummary.ContentType, MessageSummary.Of(own.Uri, counts));
        signalling.Send(notify, phone.Target, $"mwi-{call}", this);
    }
}
