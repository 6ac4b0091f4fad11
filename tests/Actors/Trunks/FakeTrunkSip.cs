using System.Net;
using System.Threading.Channels;
using TeleCube.Actors.Trunks;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Tests.Trunks;

/// <summary>The wire of a trunk: keeps what is sent for the test to answer.</summary>
sealed class FakeTrunkSip : ITrunkSip
{
    readonly Channel<(SipRequest Request, TrunkSent Context)> _sent = Channel.CreateUnbounded<(SipRequest, TrunkSent)>();

    public TargetResolution Resolution { get; set; } = new([new SipTarget(TransportKind.Udp, new IPEndPoint(IPAddress.Parse("192.0.2.1"), 5060))], null);

    public bool IsQuiet => _sent.Reader.Count == 0;

    /// <summary>Where the last one went.</summary>
    public SipTarget? Target { get; private set; }

    public void Send(SipRequest request, SipTarget target, TrunkSent context)
    {
        Target = target;
        _sent.Writer.TryWrite((request, context));
    }

    public SipEndpoint? Endpoint { get; set; } = new(TransportKind.Udp, new IPEndPoint(IPAddress.Parse("198.51.100.7"), 5060));

    /// <summary>Which addresses a listener of ours can reach.</summary>
    public Func<SipTarget, bool> Reaches { get; set; } = _ => true;

    public SipEndpoint? EndpointFor(SipTarget target) => Reaches(target) ? Endpoint : null;

    public ValueTask<TargetResolution> Resolve(string host, int port, TrunkTransport transport) => ValueTask.FromResult(Resolution);

    public async Task<(SipRequest Request, TrunkSent Context)> Sent()
    {
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await _sent.Reader.ReadAsync(guard.Token);
    }
}
