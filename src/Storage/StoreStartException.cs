namespace TeleCube.Storage;

/// <summary>The store can't be opened; the message says why and what to do about it.</summary>
public sealed class StoreStartException : Exception
{
    public StoreStartException() : this("the store can't be opened") { }

    public StoreStartException(string message) : base(message) { }

    public StoreStartException(string message, Exception inner) : base(message, inner) { }
}
