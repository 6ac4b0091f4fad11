using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>What becomes of a command: pure, no clock, no socket. Each concern has a file of its own beside this one.</summary>
public static class CallDecider
{
    public static Turn Decide(CallState call, CallCommand command, CallWorld world, DateTimeOffset now, Func<Leg, uint> nextCSeq)
    {
        if (command is CallCommand.Asked(var order, var entry))
        {
            var ordered = Decide(call, order, world, now, nextCSeq);
            Orders.Asked(ordered, entry);
            return ordered;
        }

        var turn = new Turn(call, world, now) { NextCSeq = nextCSeq };
        if (call.Phase is CallPhase.New or CallPhase.Closed) Begin(turn, command);
        else Continue(turn, command);
        return turn;
    }

    static void Begin(Turn turn, CallCommand command)
    {
        switch (command)
        {
            case CallCommand.Begin begin when turn.Call.Phase is CallPhase.New: Beginning.ByInvite(turn, begin); break;
            case CallCommand.Order order when turn.Call.Phase is CallPhase.New: Beginning.ByOrder(turn, order); break;
            case CallCommand.CallBack back when turn.Call.Phase is CallPhase.New: CallBacks.Begin(turn, back); break;
            case CallCommand.CallBack back: QueueNews.Answer(turn, back.Wanted.Ticket); break;
            case CallCommand.QueueSays says: InQueue.Told(turn, says); break;
            case CallCommand.Order: Orders.AlreadyBegun(turn); break;
            case CallCommand.Request request: Orphans.Answer(turn, request); break;
            case CallCommand.HangUp or CallCommand.TransferTo or CallCommand.Hold or CallCommand.SendDigits:
                Orders.Reject(turn, "call-is-over", "the call has ended");
                break;
            case CallCommand.Join or CallCommand.JoinAccepted: Joining.Received(turn, command); break;
            case CallCommand.PartnerMedia or CallCommand.PartnerRequest: Partners.Received(turn, command); break;
        }
    }

    static void Continue(Turn turn, CallCommand command)
    {
        switch (command)
        {
            case CallCommand.Order: Orders.AlreadyBegun(turn); break;
            case CallCommand.Request request: Requests.Received(turn, request); break;
            case CallCommand.Ack ack: Answering.Acknowledged(turn, ack); break;
            case CallCommand.Cancel cancel: Ending.Cancelled(turn, cancel); break;
            case CallCommand.Response response: Responses.Received(turn, response); break;
            case CallCommand.Unanswered unanswered: Responses.Missing(turn, unanswered); break;
            case CallCommand.NotAcknowledged missing: Ending.NotAcknowledged(turn, missing); break;
            case CallCommand.ChannelGranted granted: TrunkDialling.Through(turn, granted); break;
            case CallCommand.ChannelRefused refused: TrunkDialling.Refused(turn, refused); break;
            case CallCommand.Media media: MediaNews.Heard(turn, media.Happened); break;
            case CallCommand.Join or CallCommand.JoinAccepted or CallCommand.JoinRefused: Joining.Received(turn, command); break;
            case CallCommand.PartnerMedia or CallCommand.PartnerKey or CallCommand.PartnerRequest or CallCommand.PartnerTransfers or CallCommand.PartnerTransferred
                or CallCommand.PartnerEnded:
                Partners.Received(turn, command);
                break;
            case CallCommand.HangUp or CallCommand.TransferTo or CallCommand.Hold or CallCommand.SendDigits: Orders.Received(turn, command); break;
            case CallCommand.GiveUpRinging(var step): Dialling.GiveUp(turn, step); break;
            case CallCommand.GiveUpSetup: Dialling.GiveUpSetup(turn); break;
            case CallCommand.GiveUpTrunk(var leg): TrunkDialling.GiveUp(turn, leg); break;
            case CallCommand.SlotGiven(var slot): ParkedCalls.Given(turn, slot); break;
            case CallCommand.SlotRefused(var reason): ParkedCalls.Refused(turn, reason); break;
            case CallCommand.SlotTold: ParkedCalls.Told(turn); break;
            case CallCommand.ParkTimeIsUp: ParkedCalls.TimeIsUp(turn); break;
            case CallCommand.KeysAreOver(var leg): FeatureKeys.Over(turn, leg); break;
            case CallCommand.GiveUpDigits(var leg): DigitsAfterAnswer.Ended(turn, leg, inTime: false); break;
            case CallCommand.QueueSays says: InQueue.Told(turn, says); break;
            case CallCommand.CallBack back: QueueNews.Answer(turn, back.Wanted.Ticket); break;
            case CallCommand.SayAgainInQueue(var serial): QueueNews.SayAgain(turn, serial); break;
            case CallCommand.SettingSaid(var refused): SettingByCode.Answered(turn, refused); break;
            case CallCommand.NotHeard: QueueNews.NotHeard(turn); break;
            case CallCommand.AnnounceInQueue(var serial, var due): QueueSounds.Announce(turn, serial, due); break;
            case CallCommand.GiveUpKey(var leg): PressOne.Ended(turn, leg, accepted: false); break;
            case CallCommand.MailboxSays said: InMailbox.Said(turn, said); break;
            case CallCommand.SchemeTimeIsUp(var serial): InScheme.TimeIsUp(turn, serial); break;
            case CallCommand.Decided decided: InScheme.Decided(turn, decided); break;
            case CallCommand.EndAnnouncement: Announcing.Over(turn); break;
            case CallCommand.TimeIsUp: Ending.Call(turn, EndCause.TooLong); break;
            case CallCommand.Refresh(var leg): Reinviting.Refresh(turn, leg); break;
            case CallCommand.Reinvite(var leg): Reinviting.Again(turn, leg); break;
            case CallCommand.Expire(var leg): Ending.Leg(turn, leg, EndCause.SessionExpired); break;
            case CallCommand.DropTransferor(var leg): Ending.Leg(turn, leg, EndCause.Transferred); break;
        }
    }
}
