using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TeleCube.Load.Signalling;

/// <summary>A UDP socket with client transactions: requests are repeated until answered (RFC 3261 §17.1), the rest goes to the phone.</summary>
sealed class SipWire : IDisposable
{
    static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan T2 = TimeSpan.FromSeconds(4);
    static readonly TimeSpan GiveUp = 64 * T1;

    readonly Socket _socket;
    readonly IPEndPoint _target;
    readonly ConcurrentDictionary<string, ClientTransaction> _open = new(StringComparer.Ordinal);
    readonly CancellationTokenSource _closed = new();
    readonly Task _loop;
    int _repeated;

    public SipWire(IPEndPoint local, IPEndPoint target, Action<SipText, IPEndPoint> requested, Action<SipText> strayed)
    {
        _target = target;
        _socket = new(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20, SendBufferSize = 4 << 20 };
        try
        {
            _socket.Bind(local);
        }
        catch (SocketException taken)
        {
            _socket.Dispose();
            throw new LoadException($"{local} can't be used for SIP: {taken.Message}");
        }
        Local = local;
        _loop = Task.Run(() => Receive(requested, strayed));
    }

    public IPEndPoint Local { get; }

    public int Repeated => _repeated;

    public void Send(SipText message, IPEndPoint? to = null) => Send(message.ToBytes(), to ?? _target);

    /// <summary>The final response, null when there was none in 64 × T1 (or none within `patience` after a provisional one).</summary>
    public async Task<SipText?> Request(SipText request, TimeSpan patience)
    {
        var transaction = new ClientTransaction();
        var key = Key(request);
        _open[key] = transaction;
        try
        {
            var bytes = request.ToBytes();
            var (wait, waited) = (T1, TimeSpan.Zero);
            Send(bytes, _target);
            while (await Task.WhenAny(transaction.Final.Task, Task.Delay(wait, _closed.Token)) != transaction.Final.Task)
            {
                waited += wait;
                if (_closed.IsCancellationRequested || waited >= (transaction.Provisional ? patience : GiveUp)) return null;
                if (request.Method != "INVITE" || !transaction.Provisional)
                {
                    Interlocked.Increment(ref _repeated);
                    Send(bytes, _target);
                }
                wait = request.Method == "INVITE" ? Min(2 * wait, patience) : Min(2 * wait, T2);
            }
            return await transaction.Final.Task;
        }
        finally
        {
            _open.TryRemove(key, out _);
        }
    }

    /// <summary>Sends a 2xx again until its ACK is there (RFC 3261 §13.3.1.4).</summary>
    public async Task RepeatUntil(Task acknowledged, SipText response, IPEndPoint to)
    {
        var (wait, waited) = (T1, TimeSpan.Zero);
        while (await Task.WhenAny(acknowledged, Task.Delay(wait, _closed.Token)) != acknowledged)
        {
            waited += wait;
            if (_closed.IsCancellationRequested || waited >= GiveUp) return;
            Interlocked.Increment(ref _repeated);
            Send(response, to);
            wait = Min(2 * wait, T2);
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _socket.Dispose();
        _loop.Wait(TimeSpan.FromSeconds(2));
        _closed.Dispose();
    }

    async Task Receive(Action<SipText, IPEndPoint> requested, Action<SipText> strayed)
    {
        var buffer = new byte[65536];
        while (!_closed.IsCancellationRequested)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _closed.Token);
                if (SipText.Parse(buffer.AsSpan(0, received.ReceivedBytes)) is not { } message) continue;
                if (!message.IsResponse) requested(message, (IPEndPoint)received.RemoteEndPoint);
                else if (!Take(message)) strayed(message);
            }
            catch (SocketException)
            {
                // ECONNREFUSED of an earlier datagram: the transaction's repetition deals with it
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    bool Take(SipText response)
    {
        if (!_open.TryGetValue(Key(response), out var transaction)) return false;
        if (response.Status < 200) transaction.Provisional = true;
        else return transaction.Final.TrySetResult(response);
        return true;
    }

    void Send(byte[] bytes, IPEndPoint to)
    {
        try
        {
            _socket.SendTo(bytes, to);
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException)
        {
            // as if the network had lost it
        }
    }

    static string Key(SipText message) => $"{message.Branch} {message.CSeqMethod}";

    static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    sealed class ClientTransaction
    {
        public TaskCompletionSource<SipText> Final { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public volatile bool Provisional;
    }
}
