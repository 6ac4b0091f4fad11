using Microsoft.Extensions.Logging;

namespace TeleCube.Kernel.Sharding;

/// <summary>
/// Puts the entity on every line that is logged of it, <c>tenant=…</c> and by its kind <c>call=…</c>: as a scope, opened only when something is logged.
/// </summary>
public sealed class EntityLogger(ILogger log, EntityId entity) : ILogger
{
    readonly LogScope _scope = new(new("tenant", entity.Tenant.Value), new(entity.Kind, entity.Id));

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!log.IsEnabled(logLevel)) return;
        using (log.BeginScope(_scope)) log.Log(logLevel, eventId, state, exception, formatter);
    }
}

/// <summary>Logging of entities.</summary>
public static class EntityLogging
{
    public static ILogger Of(this ILogger log, EntityId entity) => new EntityLogger(log, entity);

    /// <summary>Of the entity whose journal or path this is, if it is one's.</summary>
    internal static ILogger Of(this ILogger log, string persistenceId) =>
        EntityId.TryParse(persistenceId.TrimStart('/'), out var entity) ? log.Of(entity) : log;
}
