using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Transactions;

/// <summary>Runs one client machine: carries out its steps with timers and the wire. Belongs to the loop.</summary>
sealed class ClientTransaction : ITimerOwner
{
    readonly StackContext _stack;
    readonly ClientTransactions _table;
    readonly Func<ClientState, ClientInput, ClientStep> _next;
    readonly TimerValues _values;
    readonly WheelTimer _resend;
    readonly WheelTimer _life;
    readonly AcknowledgedForks _forks = new();
    PreparedRequest? _sent; // let go when the final response is there
    ReadOnlyMemory<byte> _ack;
    CancelRequest? _cancel;
    SipResponse? _lastResponse;
    SipFlow? _lastFlow;

    public ClientTransaction(StackContext stack, ClientTransactions table, PreparedRequest request, object? context)
    {
        (_stack, _table, _sent, Context) = (stack, table, request, context);
        (Id, Target, IsInvite) = (request.Id, request.Target, request.Request.Method == SipMethod.Invite);
        _next = IsInvite ? InviteClientMachine.Next : NonInviteClientMachine.Next;
        _values = stack.ValuesFor(Target.Transport);
        (_resend, _life) = (new(this), new(this));
        State = IsInvite ? ClientState.Calling : ClientState.Trying;
    }

    public ClientTransactionId Id { get; }

    public SipTarget Target { get; }

    public bool IsInvite { get; }

    public ClientState State { get; private set; }

    public object? Context { get; private set; }

    /// <summary>Our own CANCEL: nobody waits for its outcome.</summary>
    public bool Silent { get; init; }

    public void Begin()
    {
        _stack.Send(Target, _sent!.Bytes, Id.Value);
        Arm(_resend, _values.Resend, IsInvite ? ClientInput.TimerA : ClientInput.TimerE);
        Arm(_life, _stack.Timers.Life, IsInvite ? ClientInput.TimerB : ClientInput.TimerF);
    }

    /// <summary>Sent, and surely answered provisionally, by an earlier life; without a CANCEL it would not end by itself.</summary>
    public void Restored()
    {
        State = ClientState.Proceeding;
        Arm(_life, _stack.Timers.Life, ClientInput.TimerCancel);
    }

    /// <summary>A user that was restarted sends again: it takes the transaction over and hears the last response once more.</summary>
    public void Rejoin(object? context)
    {
        Context = context;
        if (_lastResponse is { } response) Tell(response, _lastFlow!);
    }

    public void Receive(SipResponse response, SipFlow flow)
    {
        var input = response.IsProvisional ? ClientInput.Provisional : response.IsSuccess ? ClientInput.Success : ClientInput.Failure;
        Step(input, response, flow);
        if (State == ClientState.Proceeding) SendCancelIfAsked();
    }

    public void TransportFailed() => Step(ClientInput.TransportFailed);

    /// <summary>Keeps the ACK of a 2xx and sends it, now and for each repetition of that 2xx (RFC 3261 §13.2.2.4).</summary>
    public void Acknowledge(string? remoteTag, SipTarget target, ReadOnlyMemory<byte> ack)
    {
        _forks.Acknowledge(remoteTag, target, ack);
        _lastResponse = null; // the user has it for good; 32 s are long enough to keep little
        _stack.Send(target, ack, key: null);
    }

    /// <summary>RFC 3261 §9.1: no CANCEL before a provisional response, none after a final one.</summary>
    public void Cancel(IReadOnlyList<(string Name, string Value)> headers)
    {
        if (!IsInvite || _cancel is not null) return;
        _cancel = new(headers);
        if (State == ClientState.Proceeding) SendCancelIfAsked();
    }

    public void Fired(WheelTimer timer) => Step((ClientInput)timer.Meaning);

    void Step(ClientInput input, SipResponse? response = null, SipFlow? flow = null)
    {
        var (state, actions) = _next(State, input);
        State = state;
        Stop(actions);
        Send(actions, response);
        Arm(actions);
        Tell(actions, response, flow);
        if (state == ClientState.Terminated) _table.Remove(this);
    }

    void Stop(Do actions)
    {
        if (actions.HasFlag(Do.StopResend)) _stack.Wheel.Stop(_resend);
        if (actions.HasFlag(Do.StopLife)) _stack.Wheel.Stop(_life);
    }

    void Send(Do actions, SipResponse? response)
    {
        if (actions.HasFlag(Do.Resend)) _stack.Send(Target, _sent!.Bytes, Id.Value);
        if (!actions.HasFlag(Do.Ack)) return;
        if (_ack.IsEmpty) _ack = AckOfFailure.For(_sent!.Request, response!).ToBytes();
        _stack.Send(Target, _ack, Id.Value);
    }

    void Arm(Do actions)
    {
        var timers = _stack.Timers;
        if (actions.HasFlag(Do.BackOffA)) Arm(_resend, _resend.Interval * 2, ClientInput.TimerA);
        if (actions.HasFlag(Do.BackOffE)) Arm(_resend, Min(_resend.Interval * 2, timers.T2), ClientInput.TimerE);
        if (actions.HasFlag(Do.SlowE)) Arm(_resend, timers.T2, ClientInput.TimerE);
        if (actions.HasFlag(Do.StartD)) ArmLast(_values.D, ClientInput.TimerD);
        if (actions.HasFlag(Do.StartK)) ArmLast(_values.K, ClientInput.TimerK);
        if (actions.HasFlag(Do.StartM)) ArmLast(timers.Life, ClientInput.TimerM);
    }

    void Tell(Do actions, SipResponse? response, SipFlow? flow)
    {
        if (actions.HasFlag(Do.PassUp) && IsNews(response!)) Tell(response!, flow!);
        if (actions.HasFlag(Do.ReportTimeout))
        {
            _stack.Counters.CountTimeout();
            if (!Silent) _stack.User.Failed(Id, Context, TransactionFailure.Timeout);
        }
        if (actions.HasFlag(Do.ReportTransport))
        {
            _stack.Counters.CountTransportFailure();
            if (!Silent) _stack.User.Failed(Id, Context, TransactionFailure.Transport);
        }
    }

    // A repeated 2xx is answered with its kept ACK, a repeated reliable 1xx has its PRACK under way.
    bool IsNews(SipResponse response)
    {
        if (!IsInvite) return true;
        if (response.IsProvisional) return _forks.IsNewProvisional(response);
        if (!response.IsSuccess || _forks.IsNewSuccess(response.To.Tag)) return true;
        if (_forks.AckFor(response.To.Tag) is var (target, ack)) _stack.Send(target, ack, key: null);
        return false;
    }

    void Tell(SipResponse response, SipFlow flow)
    {
        (_lastResponse, _lastFlow) = (response, flow);
        if (!Silent) _stack.User.ResponseReceived(Id, Context, response, flow);
    }

    void SendCancelIfAsked()
    {
        if (_cancel is not { Sent: false } cancel) return;
        cancel.Sent = true;
        Arm(_life, _stack.Timers.Life, ClientInput.TimerCancel);
        _table.Begin(cancel.For(_sent!), context: null, silent: true);
    }

    void ArmLast(TimeSpan interval, ClientInput meaning)
    {
        _sent = null;
        Arm(_life, interval, meaning);
    }

    void Arm(WheelTimer timer, TimeSpan interval, ClientInput meaning) => _stack.Wheel.Arm(timer, interval, (int)meaning);

    static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
