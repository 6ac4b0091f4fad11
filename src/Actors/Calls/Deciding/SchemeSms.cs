using TeleCube.Actors.Billing;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Sms;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// The SMS that elements of a scheme want sent. Each is journaled with the call before it goes to its actor, and told again after a restart: its id is the call's
/// and the element's, so it is sent once. It never holds the call up.
/// </summary>
static class SchemeSms
{
    public static void Send(Turn turn, SchemeMove move)
    {
        foreach (var decision in move.Path)
            if (decision.Sms is { } wish) Send(turn, $"{turn.Call.Id}-{decision.Scheme}-{decision.Element}", wish);
    }

    /// <summary>Whether its actor still heard of it before the restart is not in the call's journal.</summary>
    public static void TellAgain(Turn turn)
    {
        if (turn.Call.Phase is CallPhase.Closed) return;
        foreach (var sms in turn.Call.SchemeSms) Tell(turn, sms);
    }

    static void Send(Turn turn, string id, SmsWish wish)
    {
        if (turn.Call.SchemeSms.Any(sent => sent.Id == id) || turn.World.Tenants.Find(turn.Call.Tenant) is not { } tenant) return;
        if (!turn.World.View.Numbers.Of(wish.To).TakesSms)
        {
            turn.Do(new CallEffect.Note("sms", $"no SMS to {wish.To.Masked}: only Polish mobiles are sent one"));
            return;
        }

        if (turn.World.View.TariffOf(tenant) is not { } tariff || tariff.Find(TariffKey.SmsPremium) is not { } row)
        {
            turn.Do(new CallEffect.Note("sms", $"no SMS to {wish.To.Masked}: the tariff has no price for it"));
            return;
        }

        var sms = new OutgoingSms(id, tenant.Id.Value, wish.To.Value, wish.Text) { Call = turn.Call.Id.Value, Price = Rating.OfSms(row, tariff.VatAt(VatDay.Of(turn.Now))) };
        turn.Happen(new CallEvent.SmsOrdered(sms, turn.Now));
        Tell(turn, sms);
    }

    static void Tell(Turn turn, OutgoingSms sms) => turn.Do(new CallEffect.Tell(SmsEntity.Of(turn.Call.Tenant, sms.Id), new SmsCommand.Send(sms)));
}
