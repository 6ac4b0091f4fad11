using System.Net;

namespace TeleCube.Actors.Webhooks;

/// <summary>
/// Looks up names that tenants give. A name server may take its time, and a lookup blocks its thread and cannot be stopped: so each has a thread of its own, and
/// each company only a few, which are its own until the name server has said something.
/// </summary>
sealed class HostNames(Func<string, IPAddress[]> lookup)
{
    const int PerCompany = 4;

    readonly Places<string> _companies = new(PerCompany);

    public static HostNames OfSystem() => new(Dns.GetHostAddresses);

    public async Task<IPAddress[]> Find(string company, string host, CancellationToken stop)
    {
        if (IPAddress.TryParse(host, out var figures)) return [figures];
        var place = await _companies.Take(company, stop).ConfigureAwait(false);
        var found = Task.Factory.StartNew(() => Lookup(host, place), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return await found.WaitAsync(stop).ConfigureAwait(false);
    }

    IPAddress[] Lookup(string host, IDisposable place)
    {
        using (place) return lookup(host);
    }
}
