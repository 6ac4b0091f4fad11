namespace TeleCube.Api.Http;

/// <summary>
/// How many uploads are under way on this node, from their first byte to their answer: each holds a file of the largest size on the disk while it comes in
/// and waits for its conversion.
/// </summary>
sealed class UploadSeats
{
    public const int Most = 16, PerTenant = 4;

    readonly Lock _lock = new();
    readonly Dictionary<string, int> _taken = [];

    /// <summary>Null when all are taken, or all that one tenant may have.</summary>
    public IDisposable? TryTake(string tenant)
    {
        lock (_lock)
        {
            var own = _taken.GetValueOrDefault(tenant);
            if (own >= PerTenant || _taken.Values.Sum() >= Most) return null;
            _taken[tenant] = own + 1;
            return new Seat(this, tenant);
        }
    }

    void Leave(string tenant)
    {
        lock (_lock)
        {
            if (--_taken[tenant] == 0) _taken.Remove(tenant);
        }
    }

    sealed class Seat(UploadSeats seats, string tenant) : IDisposable
    {
        bool _left;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _left, true)) seats.Leave(tenant);
        }
    }
}
