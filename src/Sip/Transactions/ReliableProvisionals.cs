namespace TeleCube.Sip.Transactions;

/// <summary>
/// The reliable 1xx of one INVITE, one at a time (RFC 3262 §3): repeated with growing intervals until its PRACK comes or 64*T1 is over.
/// </summary>
sealed class ReliableProvisionals : ITimerOwner
{
    readonly StackContext _stack;
    readonly ServerTransaction _invite;
    readonly WheelTimer _resend;
    readonly WheelTimer _life;
    readonly Queue<(uint RSeq, ReadOnlyMemory<byte> Bytes)> _waiting = new(1);
    (uint RSeq, ReadOnlyMemory<byte> Bytes)? _current;

    public ReliableProvisionals(StackContext stack, ServerTransaction invite)
    {
        (_stack, _invite) = (stack, invite);
        (_resend, _life) = (new(this), new(this));
    }

    public void Send(uint rseq, ReadOnlyMemory<byte> bytes)
    {
        if (_current is not null)
        {
            _waiting.Enqueue((rseq, bytes));
            return;
        }
        _current = (rseq, bytes);
        _invite.Provide(bytes);
        _stack.Wheel.Arm(_resend, _stack.Timers.T1, 0);
        _stack.Wheel.Arm(_life, _stack.Timers.Life, 0);
    }

    /// <summary>False when no response of that number waits for its PRACK.</summary>
    public bool Acknowledged(uint rseq)
    {
        if (_current is not { } current || current.RSeq != rseq) return false;
        Stop();
        if (_waiting.TryDequeue(out var next)) Send(next.RSeq, next.Bytes);
        return true;
    }

    /// <summary>The INVITE has its final answer: nothing is repeated or sent any more, but the PRACK that is under way is still taken (RFC 3262 §3).</summary>
    public void Retire()
    {
        _waiting.Clear();
        if (_current is not { } current) return;
        Stop();
        _current = current with { Bytes = default };
    }

    void Stop()
    {
        _current = null;
        _stack.Wheel.Stop(_resend);
        _stack.Wheel.Stop(_life);
    }

    public void Fired(WheelTimer timer)
    {
        if (timer == _resend && _current is { } current)
        {
            _invite.Resend(current.Bytes);
            _stack.Wheel.Arm(_resend, _resend.Interval * 2, 0); // no ceiling: RFC 3262 §3
            return;
        }
        Stop();
        _waiting.Clear();
        _stack.Counters.CountPrackMissing();
        _stack.User.PrackMissing(_invite.Id);
    }
}
