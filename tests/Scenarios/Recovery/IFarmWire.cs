using TeleCube.Sip.Messages;

namespace TeleCube.Scenarios.Tests.Recovery;

/// <summary>What a <see cref="FarmPhone"/> sends by and hears from.</summary>
interface IFarmWire : IAsyncDisposable
{
    /// <summary>As a Via names it.</summary>
    string Protocol { get; }

    /// <summary>Where the phone listens.</summary>
    string Host => "127.0.0.1";

    int Port { get; }

    /// <summary>The exchange may be down: what does not go out is repeated by the phone.</summary>
    void Send(byte[] message);

    /// <summary>Begins to listen; each whole message is handed over, one after the other.</summary>
    void Listen(Action<SipMessage> took);
}
