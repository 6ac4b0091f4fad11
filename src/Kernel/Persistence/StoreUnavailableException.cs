namespace TeleCube.Kernel.Persistence;

/// <summary>The store is away, full or overloaded; nothing of the refused write was kept. Repeat it later.</summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException() : this("the store is unavailable") { }

    public StoreUnavailableException(string message) : base(message) { }

    public StoreUnavailableException(string message, Exception inner) : base(message, inner) { }
}
