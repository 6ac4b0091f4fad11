using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Schemes;

namespace TeleCube.Actors.Calls.Deciding;

/// <summary>What the events of a queue do to the state of a call (<see cref="CallApply"/>).</summary>
static class InQueues
{
    /// <summary>Only who waits in a queue goes on being rung for.</summary>
    public static CallState Moved(CallState call, CallEvent.SchemeMoved e)
    {
        var moved = call with
        {
            Scheme = e.Position,
            SchemeWaits = Math.Max(call.SchemeWaits, e.Position?.Waits ?? 0),
            Trying = e.Position?.Wait is SchemeWait.Queueing { Offer: not null } ? call.Trying : null,
            Served = e.Position?.Wait is SchemeWait.Queueing ? null : e.Served ?? call.Served,
        };
        if (e.Position?.Wait is not SchemeWait.Queueing wait || call.Queues.Any(stay => stay.Ticket == Ticket(call, wait))) return moved;
        return moved with { Queues = call.Queues.Add(new QueueStay(Ticket(call, wait), wait.Queue, wait.Since)) };

        static QueueTicket Ticket(CallState call, SchemeWait.Queueing wait) => new(call.Id, wait.Serial);
    }

    public static CallState Waited(CallState call, CallEvent.QueueWaited e) => call with
    {
        Scheme = call.Scheme is { } at ? at with { Wait = e.Wait } : null,
        Trying = e.Wait.Offer is null ? null : call.Trying,
    };

    public static CallState Left(CallState call, CallEvent.QueueLeft e)
    {
        var by = e.Leg is { } number ? call[number] : null;
        var left = by is null ? call : call.With(by with { TookCall = true });
        return left with
        {
            Scheme = call.Scheme is { } at ? at with { Wait = null } : null,
            Trying = null,
            Queues =
            [
                .. call.Queues.Select(stay => stay.Ticket == e.Ticket && stay.Exit is null
                    ? stay with { Exit = e.Why, Until = e.At, By = by?.Seat?.Consultant, PickedUpBy = e.PickedUpBy }
                    : stay),
            ],
        };
    }
}
