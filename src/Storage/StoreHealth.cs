namespace TeleCube.Storage;

/// <summary>Whether the store takes writes, for <c>/readyz</c>: the reason and the time when it stopped to.</summary>
public sealed record StoreHealth(bool IsOk, string? Reason, DateTimeOffset Since);
