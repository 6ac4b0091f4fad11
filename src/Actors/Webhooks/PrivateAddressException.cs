using System.Net;

namespace TeleCube.Actors.Webhooks;

/// <summary>The host of a webhook lies in a network that is not the public Internet, and the operator does not allow that.</summary>
public sealed class PrivateAddressException : HttpRequestException
{
    public PrivateAddressException()
    {
    }

    public PrivateAddressException(string message) : base(message)
    {
    }

    public PrivateAddressException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public PrivateAddressException(string host, IPAddress address) : this($"{host} is {address}, a private address, which the operator does not allow (telecube.webhooks.allow-private)")
    {
    }
}
