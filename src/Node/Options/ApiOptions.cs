using System.Net;

namespace TeleCube.Node.Options;

/// <summary><c>telecube.api</c>: the REST API, health and metrics.</summary>
public sealed record ApiOptions
{
    public required IPAddress Bind { get; init; }

    public required int Port { get; init; }

    public required string? OperatorToken { get; init; }

    public required TimeSpan SessionLifetime { get; init; }

    public required ByteSize MaxBody { get; init; }

    public required int MaxConnections { get; init; }

    public required TlsFilesOptions Tls { get; init; }
}
