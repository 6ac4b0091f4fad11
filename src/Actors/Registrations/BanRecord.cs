using Microsoft.Extensions.Logging;
using TeleCube.Actors.Audit;

namespace TeleCube.Actors.Registrations;

/// <summary>
/// A new ban is a line of the log and an entry of the audit log. Sources can be forged, so of many bans within a second one is told, with how many
/// others there were.
/// </summary>
public sealed class BanRecord(AuditSpool audit, TimeProvider clock, ILogger<BanRecord> log)
{
    readonly Lock _gate = new();
    long _toldIn;
    int _untold;

    /// <summary><paramref name="reason"/> is the code of the last failure.</summary>
    public void Banned(Ban ban, string reason)
    {
        ArgumentNullException.ThrowIfNull(ban);
        var now = clock.GetUtcNow();
        if (!MayTell(now.ToUnixTimeSeconds(), out var others)) return;
        log.LogWarning(
            "{Who} is banned until {Until} after {Failures} failures, the last a {Reason} ({Others} other bans since the last such line)",
            ban.User is { } user ? $"{user} from {ban.Source}" : $"{ban.Source}", $"{ban.Until:O}", ban.Failures, reason, others);
        _ = Write(ban, reason, now);
    }

    bool MayTell(long second, out int others)
    {
        lock (_gate)
        {
            others = _untold;
            _untold = second == _toldIn ? _untold + 1 : 0;
            if (second == _toldIn) return false;
            _toldIn = second;
            return true;
        }
    }

    async Task Write(Ban ban, string reason, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now).ToString("N");
        try
        {
            await audit.Write(new AuditEntry
            {
                Id = id,
                At = now,
                Action = "ban",
                Actor = new(AuditActorKind.Nobody, ban.User ?? "unknown"),
                Resource = "bans",
                ResourceId = ban.Source.ToString(),
                Verb = "SIP",
                Address = ban.Source.ToString(),
                RequestId = id,
                Refusal = reason,
            }).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            log.LogWarning("The ban of {Source} is not in the audit log: {Problem}", ban.Source, problem.Message);
        }
    }
}
