using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Transactions;

/// <summary>Runs one server machine: carries out its steps with timers and the wire. Belongs to the loop.</summary>
sealed class ServerTransaction : ITimerOwner
{
    readonly StackContext _stack;
    readonly ServerTransactions _table;
    readonly Func<ServerState, ServerInput, ServerStep> _next;
    readonly TimerValues _values;
    readonly WheelTimer _resend;
    readonly WheelTimer _life;
    ReceivedRequest? _request; // let go when the final answer is given
    ReadOnlyMemory<byte> _last;
    ReliableProvisionals? _reliable;

    public ServerTransaction(StackContext stack, ServerTransactions table, ServerTransactionId id, ReceivedRequest request)
    {
        (_stack, _table, Id, _request) = (stack, table, id, request);
        (IsInvite, Target) = (request.IsInvite, request.ReplyTo);
        _next = IsInvite ? InviteServerMachine.Next : NonInviteServerMachine.Next;
        _values = stack.ValuesFor(Target.Transport);
        (_resend, _life) = (new(this), new(this));
        State = IsInvite ? ServerState.Proceeding : ServerState.Trying;
    }

    public ServerTransactionId Id { get; }

    public SipTarget Target { get; }

    public bool IsInvite { get; }

    public ServerState State { get; private set; }

    /// <summary>For merged requests (RFC 3261 §8.2.2.2); null within a dialog.</summary>
    public MergeKey? Merge { get; init; }

    /// <summary>Keys under which an ACK or a PRACK finds this INVITE; one for each To tag that the user has used.</summary>
    public List<InDialogKey> Dialogs { get; } = [];

    /// <summary>A new INVITE of which the user has said nothing yet: the measure of overload.</summary>
    public bool IsUnanswered { get; set; }

    /// <summary>Let in though everything was full.</summary>
    public bool IsBeyondLimits { get; init; }

    /// <summary>What an answer to a CANCEL should carry as To tag (RFC 3261 §9.2).</summary>
    public string? LocalTag => Dialogs.Count > 0 ? Dialogs[0].LocalTag : null;

    public bool IsFinal => State > ServerState.Proceeding;

    public bool HasFailed => State is ServerState.Completed or ServerState.Confirmed or ServerState.Terminated;

    public void Begin()
    {
        Arm(_resend, IsInvite ? _stack.Options.TryingAfter : _stack.Timers.QuietBeforeTrying, ServerInput.TryingDue);
        Arm(_life, IsInvite ? _stack.Options.AnswerWithin : _stack.Timers.Life, ServerInput.TooLate);
    }

    public void Repeated()
    {
        _stack.Counters.CountRepeated();
        Step(IsInvite && State == ServerState.Proceeding && _last.IsEmpty ? ServerInput.TryingDue : ServerInput.Request);
    }

    /// <summary>True when this is the ACK of a 2xx that the user has not seen yet.</summary>
    public bool Acknowledged() => Step(ServerInput.Ack).HasFlag(Do.PassUp);

    /// <summary>A PRACK has come; false when nothing waits for it. What an earlier life sent reliably, the user knows.</summary>
    public bool Acknowledged(uint rseq) => _reliable?.Acknowledged(rseq) ?? true;

    public void TransportFailed() => Step(ServerInput.TransportFailed);

    public void Respond(PreparedResponse response)
    {
        if (IsFinal) return; // the first final answer stands
        if (response.Status < 200) RespondProvisionally(response);
        else if (IsInvite || response.Status != 408) RespondFinally(response);
        else Step(ServerInput.TooLate); // RFC 4320 §4.2: no 408 to a non-INVITE
    }

    /// <summary>After a restart: the state that the answer given in an earlier life had led to. A 2xx is repeated at once.</summary>
    public void Restore(PreparedResponse last)
    {
        _table.Learn(this, last.Dialog);
        if (last.Status >= 200) Respond(last);
        else _last = last.Bytes;
    }

    public void Fired(WheelTimer timer)
    {
        var input = (ServerInput)timer.Meaning;
        if (input == ServerInput.TooLate && IsInvite) RefuseOverdue();
        else Step(input);
    }

    // RFC 4320 §4.1: a non-INVITE gets no 1xx but the 100 that we send ourselves when it is due.
    void RespondProvisionally(PreparedResponse response)
    {
        if (!IsInvite) return;
        Arm(_life, _stack.Options.AnswerWithin, ServerInput.TooLate);
        if (response.RSeq is { } rseq) (_reliable ??= new(_stack, this)).Send(rseq, response.Bytes);
        else Provide(response.Bytes);
    }

    internal void Provide(ReadOnlyMemory<byte> provisional)
    {
        _last = provisional;
        Step(ServerInput.Provisional);
    }

    internal void Resend(ReadOnlyMemory<byte> provisional) => _stack.Send(Target, provisional, Id.Value);

    void RespondFinally(PreparedResponse response)
    {
        _reliable?.Retire();
        (_last, _request) = (response.Bytes, null);
        Step(response.Status < 300 ? ServerInput.Success : ServerInput.Failure);
    }

    void RefuseOverdue()
    {
        if (_request?.Answer(500, "No Decision In Time") is { } refusal) _table.Respond(Id, PreparedResponse.From(refusal));
    }

    Do Step(ServerInput input)
    {
        var (state, actions) = _next(State, input);
        State = state;
        if (actions.HasFlag(Do.StopResend)) _stack.Wheel.Stop(_resend);
        if (actions.HasFlag(Do.StopLife)) _stack.Wheel.Stop(_life);
        Send(actions);
        Arm(actions);
        if (actions.HasFlag(Do.ReportAckMissing))
        {
            _stack.Counters.CountAckMissing();
            _stack.User.AckMissing(Id);
        }
        if (state is ServerState.Acknowledged or ServerState.Confirmed) _last = default; // 32 s are long enough to keep little
        if (state == ServerState.Terminated) _table.Remove(this);
        return actions;
    }

    void Send(Do actions)
    {
        if (actions.HasFlag(Do.SendTrying)) _last = _request?.Answer(100)?.ToBytes() ?? default;
        if ((actions & (Do.Send | Do.Resend | Do.SendTrying)) != 0 && !_last.IsEmpty) _stack.Send(Target, _last, Id.Value);
    }

    void Arm(Do actions)
    {
        var timers = _stack.Timers;
        if (actions.HasFlag(Do.StartRepeat)) Arm(_resend, timers.T1, ServerInput.RepeatDue); // over any transport: §13.3.1.4
        if (actions.HasFlag(Do.BackOffRepeat)) Arm(_resend, Min(_resend.Interval * 2, timers.T2), ServerInput.RepeatDue);
        if (actions.HasFlag(Do.StartG)) Arm(_resend, _values.Resend, ServerInput.TimerG);
        if (actions.HasFlag(Do.BackOffG)) Arm(_resend, Min(_resend.Interval * 2, timers.T2), ServerInput.TimerG);
        if (actions.HasFlag(Do.StartH)) Arm(_life, timers.Life, ServerInput.TimerH);
        if (actions.HasFlag(Do.StartI)) Arm(_life, _values.I, ServerInput.TimerI);
        if (actions.HasFlag(Do.StartJ)) Arm(_life, _values.J, ServerInput.TimerJ);
        if (actions.HasFlag(Do.StartL)) Arm(_life, timers.Life, ServerInput.TimerL);
    }

    void Arm(WheelTimer timer, TimeSpan interval, ServerInput meaning) => _stack.Wheel.Arm(timer, interval, (int)meaning);

    static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
