using System.Net;
using TeleCube.Sip.Transport;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>A name server that knows what a test has told it.</summary>
sealed class KnownHosts : IHostLookup
{
    public Dictionary<string, string[]> Known { get; } = [];

    public Task<IReadOnlyList<IPAddress>> Lookup(string host, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<IPAddress>>([.. Known.GetValueOrDefault(host, []).Select(IPAddress.Parse)]);
}
