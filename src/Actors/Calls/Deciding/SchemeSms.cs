using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Schemes;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>
/// The SMS that elements of a scheme want sent. Each is journaled with the call before it goes to its actor, and told again after a restart: its id is the
/// call's and the element's, so it is sent once. It never holds the call up.
/// </summary>
static class SchemeSms
{
    public static ElementNews.Texted Send(Turn turn, TenantState tenant, SchemePosition at, SmsWish wish)
    {
        var id = $"{turn.Call.Id}-{at.Scheme}-{at.Element}";
        if (turn.Call.SchemeSms.Any(sent => sent.Id == id)) return new ElementNews.Texted(true, ElementNews.Texted.Before);
        var verdict = turn.World.Sms.Ask(tenant, wish, turn.World.View, turn.Now);
        if (verdict.Price is not { } price) return new ElementNews.Texted(false, verdict.Why);
        var sms = new OutgoingSms(id, tenant.Id.Value, wish.To.Value, wish.Text) { Call = turn.Call.Id.Value, Price = price, Scheme = at.Scheme.Value };
        turn.Happen(new CallEvent.SmsOrdered(sms, turn.Now));
        Tell(turn, sms);
        return new ElementNews.Texted(true, verdict.Why);
    }

    /// <summary>Whether its actor still heard of it before the restart is not in the call's journal.</summary>
    public static void TellAgain(Turn turn)
    {
        if (turn.Call.Phase is CallPhase.Closed) return;
        foreach (var sms in turn.Call.SchemeSms) Tell(turn, sms);
    }

    static void Tell(Turn turn, OutgoingSms sms) => turn.Do(new CallEffect.Tell(SmsEntity.Of(turn.Call.Tenant, sms.Id), new SmsCommand.Send(sms)));
}
