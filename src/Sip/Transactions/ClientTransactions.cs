using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Transactions;

/// <summary>All client transactions of the stack. Belongs to the loop.</summary>
sealed class ClientTransactions(StackContext stack)
{
    readonly Dictionary<ClientTransactionId, ClientTransaction> _running = [];

    public int Count => _running.Count;

    public void Begin(PreparedRequest request, object? context, bool silent = false)
    {
        if (Rejoins(request, context)) return;
        var transaction = new ClientTransaction(stack, this, request, context) { Silent = silent };
        _running.Add(request.Id, transaction);
        transaction.Begin();
    }

    /// <summary>An INVITE that was sent by an earlier life, and is to be cancelled now.</summary>
    public void Restore(PreparedRequest invite, object? context)
    {
        if (Rejoins(invite, context)) return;
        var transaction = new ClientTransaction(stack, this, invite, context);
        _running.Add(invite.Id, transaction);
        transaction.Restored();
    }

    /// <summary>RFC 3261 §17.1.3: by the branch of the top Via and the method of the CSeq.</summary>
    public void Receive(SipResponse response, SipFlow flow)
    {
        stack.Counters.CountResponse();
        if (response.TopVia.Branch is { } branch && _running.TryGetValue(ClientTransactionId.Of(branch, response.CSeq.Method), out var transaction))
        {
            transaction.Receive(response, flow);
            return;
        }
        stack.Counters.CountStrayResponse();
        stack.User.StrayResponse(response, flow);
    }

    /// <summary>An ACK whose INVITE is not remembered (any more) is sent once.</summary>
    public void Acknowledge(ClientTransactionId invite, PreparedRequest ack)
    {
        if (_running.TryGetValue(invite, out var transaction)) transaction.Acknowledge(ack.Request.To.Tag, ack.Target, ack.Bytes);
        else stack.Send(ack.Target, ack.Bytes, key: null);
    }

    public void Cancel(ClientTransactionId invite, params IReadOnlyList<(string Name, string Value)> headers)
    {
        if (_running.TryGetValue(invite, out var transaction)) transaction.Cancel(headers);
    }

    public bool Failed(string key)
    {
        if (!_running.TryGetValue(new(key), out var transaction)) return false;
        transaction.TransportFailed();
        return true;
    }

    bool Rejoins(PreparedRequest request, object? context)
    {
        if (!_running.TryGetValue(request.Id, out var running)) return false;
        running.Rejoin(context);
        return true;
    }

    public void Remove(ClientTransaction transaction) => _running.Remove(transaction.Id);
}
