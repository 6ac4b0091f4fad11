using System.Net;

namespace TeleCube.Sip.Transport;

/// <summary>Says who is not listened to; asked for each datagram before it is parsed, so it must be quick and safe on any thread.</summary>
public interface ISourceGate
{
    bool IsBanned(IPAddress source);

    /// <summary>Asked for each emergency INVITE of a banned source: it is heard, but not so often that it could go on guessing.</summary>
    bool MayCallForHelp(IPAddress source) => true;

    /// <summary>Asked for each connection of a banned source; connections take nothing of what calls for help may have.</summary>
    bool MayConnect(IPAddress source) => true;
}

/// <summary>Lets everybody in.</summary>
public sealed class OpenSourceGate : ISourceGate
{
    public bool IsBanned(IPAddress source) => false;
}
