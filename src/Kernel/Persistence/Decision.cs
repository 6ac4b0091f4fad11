namespace TeleCube.Kernel.Persistence;

/// <summary>What a command came to: events to journal, a refusal with its kebab-case code, or nothing at all.</summary>
public readonly record struct Decision<TEvent>(IReadOnlyList<TEvent> Events, Rejection? Rejection = null)
{
    public static readonly Decision<TEvent> Nothing = new([]);

    public static Decision<TEvent> Reject(string code, string? detail = null) => new([], new Rejection(code, detail));

    public static implicit operator Decision<TEvent>(TEvent happened) => new([happened]);

    public static implicit operator Decision<TEvent>(Rejection refused) => new([], refused);

    public static implicit operator Decision<TEvent>(TEvent[] happened) => new(happened);

    public static implicit operator Decision<TEvent>(List<TEvent> happened) => new(happened);
}
