namespace TeleCube.Kernel.Persistence;

/// <summary>The journal has an event of this actor that the actor did not write: it must recover to know it.</summary>
public sealed class SequenceConflictException(string persistenceId, long sequenceNr, string? detail)
    : Exception($"{persistenceId} has an event {sequenceNr} already: {detail}");
