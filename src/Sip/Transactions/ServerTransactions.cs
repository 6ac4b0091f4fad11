using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Transactions;

/// <summary>All server transactions of the stack. Belongs to the loop.</summary>
sealed class ServerTransactions(StackContext stack, StatelessAnswers stateless)
{
    readonly Dictionary<ServerTransactionId, ServerTransaction> _running = [];
    readonly Dictionary<MergeKey, ServerTransaction> _merge = [];
    readonly Dictionary<InDialogKey, ServerTransaction> _dialogs = [];

    public int Count => _running.Count;

    public int Unanswered { get; private set; }

    /// <summary>Exempt INVITEs that came when everything was full.</summary>
    int _beyondLimits;

    public void Receive(SipRequest request, SipFlow flow, ReadOnlyMemory<byte> bytes)
    {
        var id = ServerTransactionId.Of(request);
        if (request.Method == SipMethod.Ack) ReceiveAck(id, request, flow);
        else if (_running.TryGetValue(id, out var known)) known.Repeated();
        else if (request.Method == SipMethod.Cancel && !_running.ContainsKey(ServerTransactionId.OfInviteMeantBy(request)))
            stateless.Answer(request, flow, 481); // nothing to remember it for
        else if (IsOverload(request)) stateless.RefuseForLoad(request, flow);
        else if (MergeKey.Of(request) is { } merge && _merge.TryGetValue(merge, out var twin) && !twin.HasFailed) RefuseMerged(request, flow);
        else Begin(id, request, flow, bytes);
    }

    public void Respond(ServerTransactionId id, PreparedResponse response)
    {
        if (!_running.TryGetValue(id, out var transaction))
        {
            stack.Counters.CountLateAnswer();
            return;
        }
        SetAnswered(transaction);
        if (response.Status > 100) Learn(transaction, response.Dialog);
        transaction.Respond(response);
    }

    /// <summary>Takes up an INVITE of an earlier life of this process; no effect if it is here already.</summary>
    public void Restore(ServerTransactionId id, ReceivedRequest invite, PreparedResponse? last)
    {
        if (_running.ContainsKey(id)) return;
        var transaction = new ServerTransaction(stack, this, id, invite);
        _running.Add(id, transaction);
        transaction.Begin();
        if (last is not null) transaction.Restore(last);
    }

    public void Failed(string key)
    {
        if (_running.TryGetValue(new(key), out var transaction)) transaction.TransportFailed();
    }

    /// <summary>From now on an ACK or a PRACK of this dialog finds the transaction.</summary>
    internal void Learn(ServerTransaction transaction, InDialogKey dialog)
    {
        if (!transaction.IsInvite || transaction.Dialogs.Contains(dialog)) return;
        transaction.Dialogs.Add(dialog);
        _dialogs[dialog] = transaction;
    }

    internal void Remove(ServerTransaction transaction)
    {
        _running.Remove(transaction.Id);
        SetAnswered(transaction);
        if (transaction.IsBeyondLimits) _beyondLimits--;
        if (transaction.Merge is { } merge && _merge.TryGetValue(merge, out var known) && known == transaction) _merge.Remove(merge);
        foreach (var dialog in transaction.Dialogs)
            if (_dialogs.TryGetValue(dialog, out var current) && current == transaction) _dialogs.Remove(dialog);
    }

    void Begin(ServerTransactionId id, SipRequest request, SipFlow flow, ReadOnlyMemory<byte> bytes)
    {
        var isInvite = request.Method == SipMethod.Invite;
        var received = new ReceivedRequest(isInvite, bytes, flow, ResponseRouting.TargetOf(request.TopVia, flow));
        var transaction = new ServerTransaction(stack, this, id, received)
        {
            Merge = MergeKey.Of(request),
            IsUnanswered = IsNewInvite(request),
            IsBeyondLimits = IsNewInvite(request) && IsFull(request),
        };
        if (transaction.IsBeyondLimits) _beyondLimits++;
        _running.Add(id, transaction);
        if (transaction.Merge is { } merge) _merge[merge] = transaction;
        if (transaction.IsUnanswered) Unanswered++;
        transaction.Begin();
        stack.Counters.CountRequest();

        if (request.Method == SipMethod.Cancel) Cancel(id, request);
        else Hand(id, request, flow);
    }

    void Hand(ServerTransactionId id, SipRequest request, SipFlow flow)
    {
        if (request.Method == SipMethod.Prack && request.Get<RAck>() is { } rack
            && _dialogs.TryGetValue(InDialogKey.Of(request, rack.CSeq.Number), out var invite) && !invite.Acknowledged(rack.Response))
            Respond(id, PreparedResponse.From(SipResponse.For(request, 481, "Nothing Waits For This PRACK"))); // RFC 3262 §3
        else stack.User.RequestReceived(id, request, flow);
    }

    // RFC 3261 §9.2: the CANCEL has its own answer at once; only an INVITE still open is affected.
    void Cancel(ServerTransactionId id, SipRequest cancel)
    {
        var invite = _running[ServerTransactionId.OfInviteMeantBy(cancel)];
        Respond(id, PreparedResponse.From(SipResponse.For(cancel, 200, toTag: invite.LocalTag ?? stateless.TagFor(cancel))));
        if (!invite.IsFinal) stack.User.Cancelled(invite.Id, cancel);
    }

    // The ACK of a failure has the branch of its INVITE, the ACK of a 2xx only the dialog (RFC 3261 §17.1.1.3, §13.2.2.4).
    void ReceiveAck(ServerTransactionId id, SipRequest ack, SipFlow flow)
    {
        var known = _running.TryGetValue(id, out var invite) || _dialogs.TryGetValue(InDialogKey.Of(ack), out invite);
        if (known)
        {
            if (invite!.Acknowledged()) stack.User.AckReceived(ack, flow);
            return;
        }
        if (StatelessAnswers.IsOurTag(ack.To.Tag)) return; // it ends a refusal that we don't remember
        stack.Counters.CountStrayAck();
        stack.User.AckReceived(ack, flow);
    }

    void RefuseMerged(SipRequest request, SipFlow flow)
    {
        stack.Counters.CountMerged();
        stateless.Answer(request, flow, 482, "Merged Request");
    }

    bool IsFull(SipRequest request) =>
        _running.Count >= stack.Options.MaxServerTransactions || (Unanswered >= stack.Options.MaxUnansweredInvites && IsNewInvite(request));

    bool IsOverload(SipRequest request)
    {
        if (!IsFull(request)) return false;
        if (IsNewInvite(request)) return _beyondLimits >= stack.Options.MaxExemptBeyondLimits || !stack.Options.IsExempt(request);

        // What belongs to a call already there is let in: refusing a BYE would make things worse. A tag that was overheard has an end, too.
        var belongs = request.Method == SipMethod.Cancel || (request.To.Tag is { } tag && stack.Options.IsDialogTag(tag));
        return !belongs || _running.Count >= 2L * stack.Options.MaxServerTransactions;
    }

    void SetAnswered(ServerTransaction transaction)
    {
        if (!transaction.IsUnanswered) return;
        transaction.IsUnanswered = false;
        Unanswered--;
    }

    static bool IsNewInvite(SipRequest request) => request.Method == SipMethod.Invite && request.To.Tag is null;
}
