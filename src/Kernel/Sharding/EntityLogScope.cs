using System.Collections;

namespace TeleCube.Kernel.Sharding;

/// <summary>Given to <c>ILogger.BeginScope</c>, it puts the entity on every log line: <c>tenant=…</c> and, for a call, <c>call=…</c>.</summary>
public sealed class EntityLogScope(EntityId entity) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 2;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("tenant", entity.Tenant.Value),
        1 => new(entity.Kind, entity.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return this[0];
        yield return this[1];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => entity.PersistenceId;
}
