using System.Collections.Concurrent;

namespace TeleCube.Node.Health;

/// <summary>Whether this node should be given calls, as named checks; each says why not.</summary>
public sealed class Readiness
{
    readonly ConcurrentDictionary<string, Func<string?>> _checks = new(StringComparer.Ordinal);
    volatile string? _notRunning = "starting";

    public Readiness() => Add("running", () => _notRunning);

    /// <summary>The check answers null while all is well, else the reason; it must be quick and never wait.</summary>
    public void Add(string name, Func<string?> whyNot) => _checks[name] = whyNot;

    public void Started() => _notRunning = null;

    public void Stopping() => _notRunning = "stopping";

    public ReadinessReport Now()
    {
        List<ReadinessCheck> checks = [.. _checks.OrderBy(check => check.Key, StringComparer.Ordinal).Select(check => Check(check.Key, check.Value))];
        return new(checks.TrueForAll(check => check.Ok), checks);
    }

    static ReadinessCheck Check(string name, Func<string?> whyNot)
    {
        try
        {
            var reason = whyNot();
            return new(name, reason is null, reason);
        }
        catch (Exception problem)
        {
            return new(name, false, $"the check itself failed: {problem.Message}");
        }
    }
}

/// <summary>The answer of <c>/readyz</c>.</summary>
public sealed record ReadinessReport(bool Ready, IReadOnlyList<ReadinessCheck> Checks);

/// <summary>One thing that must work, and if it doesn't, why.</summary>
public sealed record ReadinessCheck(string Name, bool Ok, string? Reason);
