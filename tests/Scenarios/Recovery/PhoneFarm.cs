using System.Net;

namespace TeleCube.Scenarios.Tests.Recovery;

/// <summary>The phones of the demo company, and the clock that makes them talk and repeat themselves.</summary>
sealed class PhoneFarm : IAsyncDisposable
{
    static readonly TimeSpan _frame = TimeSpan.FromMilliseconds(20);

    readonly Dictionary<string, FarmPhone> _phones;
    readonly CancellationTokenSource _stop = new();
    readonly Task _beat;

    PhoneFarm(IEnumerable<FarmPhone> phones)
    {
        _phones = phones.ToDictionary(phone => phone.Extension);
        _beat = Beat();
    }

    public FarmPhone this[string extension] => _phones[extension];

    /// <summary>What all phones sent and received, in order; for a failure's message.</summary>
    public string Ladder => string.Join('\n', _phones.Values.SelectMany(phone => phone.Ladder).Order(StringComparer.Ordinal));

    public static Task<PhoneFarm> Register(IPEndPoint exchange, params string[] extensions) =>
        Register([.. extensions.Select(extension => new FarmPhone(extension, exchange))]);

    public static async Task<PhoneFarm> Register(params IReadOnlyList<FarmPhone> phones)
    {
        var farm = new PhoneFarm(phones);
        await Task.WhenAll(phones.Where(phone => !phone.IsCarrier).Select(phone => phone.Register()));
        return farm;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _beat;
        foreach (var phone in _phones.Values) await phone.DisposeAsync();
        _stop.Dispose();
    }

    async Task Beat()
    {
        using var timer = new PeriodicTimer(_frame);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                var now = DateTimeOffset.UtcNow;
                foreach (var phone in _phones.Values)
                {
                    phone.Tick(now);
                    foreach (var call in phone.Calls) call.Audio.Tick();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
