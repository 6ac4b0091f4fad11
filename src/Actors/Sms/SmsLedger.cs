using System.Collections.Concurrent;
using System.Globalization;
using TeleCube.Actors.Numbers;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Sms;

/// <summary>
/// The SMS that schemes have sent of late, so that a flood of calls does not become a flood of SMS. Of each company it remembers no more than its limit; after a
/// restart the log of SMS says what there was.
/// </summary>
public sealed class SmsLedger(SmsLimits limits)
{
    readonly ConcurrentDictionary<TenantId, Queue<Counted>> _companies = new();

    public SmsLimits Limits => limits;

    /// <summary>Null: it may go out, and is counted. Otherwise why not.</summary>
    public string? TryCount(TenantId company, E164 receiver, bool claimed, DateTimeOffset now)
    {
        var sent = _companies.GetOrAdd(company, _ => new());
        lock (sent)
        {
            while (sent.TryPeek(out var oldest) && oldest.At <= now - limits.Within) sent.Dequeue();
            if (sent.Count >= limits.PerCompany) return $"the company's schemes have sent {Number(limits.PerCompany)} SMS within {Time(limits.Within)}, and may send no more";
            var most = claimed ? limits.PerCaller : limits.PerReceiver;
            if (sent.Count(one => one.Receiver == receiver) >= most) return $"it was sent {Number(most)} SMS within {Time(limits.Within)}, and may be sent no more";
            sent.Enqueue(new Counted(receiver, now));
            return null;
        }
    }

    /// <summary>One that was sent before this ledger began; the oldest first.</summary>
    public void Remember(TenantId company, E164 receiver, DateTimeOffset at)
    {
        var sent = _companies.GetOrAdd(company, _ => new());
        lock (sent)
            if (sent.Count < limits.PerCompany) sent.Enqueue(new Counted(receiver, at));
    }

    static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min");

    readonly record struct Counted(E164 Receiver, DateTimeOffset At);
}
