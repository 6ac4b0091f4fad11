using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Calls.Views;

/// <summary>The names under which the events of calls stand in the journal; never renamed.</summary>
public static class CallEvents
{
    public static EventRegistry AddCallEvents(this EventRegistry registry) => registry
        .Add("call.started", 1, CallJson.Default.Started)
        .Add("call.routed", 1, CallJson.Default.Routed)
        .Add("call.dialled", 1, CallJson.Default.LegDialled)
        .Add("call.trunk-failed", 1, CallJson.Default.TrunkFailed)
        .Add("call.consultant-missed", 1, CallJson.Default.ConsultantMissed)
        .Add("call.queue-waited", 1, CallJson.Default.QueueWaited)
        .Add("call.queue-left", 1, CallJson.Default.QueueLeft)
        .Add("call.key-awaited", 1, CallJson.Default.KeyAwaited)
        .Add("call.key-ended", 1, CallJson.Default.KeyEnded)
        .Add("call.rang", 1, CallJson.Default.Rang)
        .Add("call.alerted", 1, CallJson.Default.Alerted)
        .Add("call.announced", 1, CallJson.Default.Announced)
        .Add("call.scheme-moved", 1, CallJson.Default.SchemeMoved)
        .Add("call.answered", 1, CallJson.Default.Answered)
        .Add("call.digits-began", 1, CallJson.Default.DigitsBegan)
        .Add("call.digits-pressed", 1, CallJson.Default.DigitsPressed)
        .Add("call.digits-ended", 1, CallJson.Default.DigitsEnded)
        .Add("call.keys-held", 1, CallJson.Default.KeysHeld)
        .Add("call.set-by-code", 1, CallJson.Default.SetByCode)
        .Add("call.accepted", 1, CallJson.Default.Accepted)
        .Add("call.acknowledged", 1, CallJson.Default.Acknowledged)
        .Add("call.bridged", 1, CallJson.Default.Bridged)
        .Add("call.changed", 1, CallJson.Default.Changed)
        .Add("call.reinvited", 1, CallJson.Default.Reinvited)
        .Add("call.renegotiated", 1, CallJson.Default.Renegotiated)
        .Add("call.refreshed", 1, CallJson.Default.Refreshed)
        .Add("call.reinvite-refused", 1, CallJson.Default.ReinviteRefused)
        .Add("call.held-by-us", 1, CallJson.Default.HeldByUs)
        .Add("call.transfer-began", 1, CallJson.Default.TransferBegan)
        .Add("call.transfer-failed", 1, CallJson.Default.TransferFailed)
        .Add("call.sms-ordered", 1, CallJson.Default.SmsOrdered)
        .Add("call.led-on", 1, CallJson.Default.LedOn)
        .Add("call.joined", 1, CallJson.Default.Joined)
        .Add("call.partner-left", 1, CallJson.Default.PartnerLeft)
        .Add("call.parked", 1, CallJson.Default.Parked)
        .Add("call.leg-ended", 1, CallJson.Default.LegEnded)
        .Add("call.asked", 1, CallJson.Default.Asked)
        .Add("call.recovered", 1, CallJson.Default.Recovered)
        .Add("call.ended", 1, CallJson.Default.Ended)
        .Add("call.closed", 1, CallJson.Default.Closed);
}
