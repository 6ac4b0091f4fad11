using Microsoft.Extensions.Logging;

namespace TeleCube.Storage;

/// <summary>Keeps the store's health and logs each change once.</summary>
sealed class HealthMonitor(TimeProvider time, ILogger logger)
{
    StoreHealth _now = new(true, null, time.GetUtcNow());

    public StoreHealth Now => Volatile.Read(ref _now);

    public void Ok()
    {
        if (Now.IsOk) return;
        var away = time.GetUtcNow() - Now.Since;
        Volatile.Write(ref _now, new(true, null, time.GetUtcNow()));
        logger.LogInformation("the store takes writes again after {Away}", away);
    }

    public void Unavailable(string reason, Exception? defect = null)
    {
        var before = Now;
        Volatile.Write(ref _now, before.IsOk ? new(false, reason, time.GetUtcNow()) : before with { Reason = reason });
        if (before.IsOk) logger.LogError(defect, "the store takes no writes: {Reason}", reason);
    }
}
