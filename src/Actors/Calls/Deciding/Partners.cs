using TeleCube.Actors.Calls.Model;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>What two joined calls tell each other: streams and hold, keys, a further transfer by either's phone, and the end.</summary>
static class Partners
{
    public static void Received(Turn turn, CallCommand command)
    {
        var isPartner = command switch
        {
            CallCommand.PartnerMedia(var from, _, _) => IsPartner(turn.Call, from),
            CallCommand.PartnerKey(var from, _) => IsPartner(turn.Call, from),
            CallCommand.PartnerRequest(var from, _) => IsPartner(turn.Call, from),
            CallCommand.PartnerTransfers(var from, _, _, _) => IsPartner(turn.Call, from),
            CallCommand.PartnerTransferred(var from, _) => IsPartner(turn.Call, from),
            CallCommand.PartnerEnded(var from, _) => IsPartner(turn.Call, from),
            _ => false,
        };
        switch (command)
        {
            case CallCommand.PartnerMedia media when !isPartner: Stranger(turn, media.From); break;
            case CallCommand.PartnerKey key when isPartner: Key(turn, key.Digit); break;
            case CallCommand.PartnerRequest(_, var passed): Requests.PassOn(turn, isPartner ? turn.Call.JoinedLeg : null, passed); break;
            case CallCommand.PartnerTransfers asked: Asked(turn, asked, isPartner); break;
            case CallCommand.PartnerTransferred(_, var failure) when isPartner: Transferred(turn, failure); break;
            case CallCommand.PartnerEnded(_, var cause) when isPartner: Ended(turn, cause); break;
        }
    }

    public static void Tell(Turn turn, CallCommand command)
    {
        if (turn.Call.Partner is { } partner) turn.Do(new CallEffect.Tell(partner.Call.Entity(turn.Call.Tenant), command));
    }

    public static void TellMedia(Turn turn)
    {
        if (turn.Call.JoinedLeg is { Live: true, Media: { } media } own)
            Tell(turn, new CallCommand.PartnerMedia(turn.Call.Id, new StreamId(media.Stream), own.HeldByPeer || own.HeldByUs));
    }

    public static void TellKey(Turn turn, char digit) => Tell(turn, new CallCommand.PartnerKey(turn.Call.Id, digit));

    public static void TellEnd(Turn turn, EndCause cause) => Tell(turn, new CallCommand.PartnerEnded(turn.Call.Id, cause));

    /// <summary>Our phone transfers the partner's party: only the partner can dial for it or have it joined.</summary>
    public static void AskTransfer(Turn turn, Transfer wanted) =>
        Tell(turn, new CallCommand.PartnerTransfers(turn.Call.Id, wanted.Extension!, wanted.Target, wanted.Replaces));

    static bool IsPartner(CallState call, CallId from) => call.Phase is CallPhase.Talking && call.Partner?.Call == from;

    /// <summary>A call that believes to be joined with us but is not (its news was lost in a crash) would wait for ever.</summary>
    static void Stranger(Turn turn, CallId from)
    {
        if (!Joining.Waits(turn.Call)) turn.Do(new CallEffect.Tell(from.Entity(turn.Call.Tenant), new CallCommand.PartnerEnded(turn.Call.Id, EndCause.HungUp)));
    }

    static void Key(Turn turn, char digit)
    {
        if (turn.Call.JoinedLeg is { Media: { Negotiated: true } media })
            turn.Do(new CallEffect.Media(new MediaCommand.SendDtmf(new StreamId(media.Stream), digit.ToString())));
    }

    static void Asked(Turn turn, CallCommand.PartnerTransfers asked, bool isPartner)
    {
        if (turn.Call.Transfer?.ByCall == asked.From) return; // asked again after a restart
        if (!isPartner || turn.Call.Transfer is not null || turn.Call.JoinedLeg is not { Up: true } kept)
        {
            var cause = new EndCause("cannot-transfer", 491, "The other party is being transferred already");
            turn.Do(new CallEffect.Tell(asked.From.Entity(turn.Call.Tenant), new CallCommand.PartnerTransferred(turn.Call.Id, cause)));
            return;
        }

        var wanted = new Transfer(Transfer.Partners, kept.Number, asked.Target, OverSip: false)
        {
            Extension = asked.Extension,
            Replaces = asked.Replaces,
            ByCall = asked.From,
        };
        turn.Happen(new CallEvent.TransferBegan(wanted, turn.Now));
        Transferring.Pursue(turn, wanted);
    }

    static void Transferred(Turn turn, EndCause? failure)
    {
        if (turn.Call.Transfer is not { Kept: Transfer.Partners } transfer) return;
        if (failure is not null)
        {
            Transferring.Failed(turn, failure);
            return;
        }

        Transferring.Notify(turn, transfer, 200, "OK", over: true);
        Ending.Call(turn, EndCause.Transferred);
    }

    static void Ended(Turn turn, EndCause cause)
    {
        if (turn.Call.Transfer?.ByCall is not null) turn.Happen(new CallEvent.PartnerLeft(turn.Now));
        else Ending.Call(turn, cause);
    }
}
