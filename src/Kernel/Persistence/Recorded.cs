namespace TeleCube.Kernel.Persistence;

/// <summary>
/// A command for a persistent actor with rows that are committed together with the events to which it leads, such as who asked for
/// it. What leads to no event writes nothing.
/// </summary>
public sealed record Recorded(object Command, IReadOnlyList<StoreWrite> Rows);
