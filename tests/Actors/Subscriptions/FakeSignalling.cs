using System.Threading.Channels;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transactions;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Tests.Subscriptions;

/// <summary>The wire to the phones: keeps what is sent and answered, in order, for a test to await.</summary>
sealed class FakeSignalling : ISignalling
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    readonly Channel<(SipRequest Request, object Context)> _sent = Channel.CreateUnbounded<(SipRequest, object)>();
    readonly Channel<SipResponse> _answers = Channel.CreateUnbounded<SipResponse>();

    public bool IsQuiet => _sent.Reader.Count == 0;

    public void Respond(ServerTransactionId transaction, SipResponse response) => _answers.Writer.TryWrite(response);

    public SipRequest Send(SipRequest request, SipTarget target, string seed, object context)
    {
        _sent.Writer.TryWrite((request, context));
        return request;
    }

    public SipRequest Acknowledge(ClientTransactionId? invite, SipRequest ack, SipTarget target) => ack;

    public void Cancel(string seed, IReadOnlyList<(string Name, string Value)> headers) { }

    public void Restore(SipRequest invite, SipTarget target, string seed, object context) { }

    public void Restore(EntityId call, SipRequest invite, SipFlow flow, SipResponse? answer) { }

    public async Task<(SipRequest Request, object Context)> Sent()
    {
        using var guard = new CancellationTokenSource(_patience);
        return await _sent.Reader.ReadAsync(guard.Token);
    }

    public async Task<SipResponse> Answer()
    {
        using var guard = new CancellationTokenSource(_patience);
        return await _answers.Reader.ReadAsync(guard.Token);
    }
}
