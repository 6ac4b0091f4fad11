namespace TeleCube.Kernel.Supervision;

/// <summary>
/// From a child's failure to what is done about it. More than <see cref="MaxRestarts"/> within <see cref="Within"/>, with no message handled
/// in between, end it: a child that fails now and then is restarted for ever.
/// </summary>
public sealed record SupervisorStrategy(Func<Exception, Directive> Decide)
{
    /// <summary>Restarts what fails, ends what is poisoned.</summary>
    public static readonly SupervisorStrategy Default = new(failure => failure switch
    {
        PoisonedException => Directive.Stop,
        _ => Directive.Restart,
    });

    public int MaxRestarts { get; init; } = 10;

    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(1);

    public BackOff BackOff { get; init; } = BackOff.Default;

    internal Verdict Judge(Exception failure, FailureHistory history, DateTimeOffset now, string path)
    {
        var directive = Decide(failure);
        if (directive is not Directive.Restart) return new Verdict(directive);

        var restarts = history.Count(now, Within);
        return restarts > MaxRestarts ? new Verdict(Directive.Stop) : new Verdict(Directive.Restart, BackOff.Before(restarts, path));
    }
}

readonly record struct Verdict(Directive Directive, TimeSpan Delay = default);

/// <summary>How often one child had to be restarted of late. The child writes it while it runs, its supervisor while it stands.</summary>
sealed class FailureHistory
{
    DateTimeOffset _windowStart;
    int _count;

    public int Count(DateTimeOffset now, TimeSpan within)
    {
        if (_count == 0 || now - _windowStart > within) (_windowStart, _count) = (now, 0);
        return ++_count;
    }

    /// <summary>A message was handled: the child works.</summary>
    public void Forget() => _count = 0;
}
