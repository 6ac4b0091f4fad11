namespace TeleCube.Sip.Auth;

/// <summary>The cluster's keys for nonces: the current one signs, the previous one is still believed while keys roll over.</summary>
public sealed record NonceKeys(NonceKey Current, NonceKey? Previous = null)
{
    internal NonceKey? Find(uint epoch) =>
        Current.Epoch == epoch ? Current
        : Previous is { } previous && previous.Epoch == epoch ? previous
        : null;
}

/// <summary>One key and its number.</summary>
public sealed record NonceKey(uint Epoch, ReadOnlyMemory<byte> Secret)
{
    public override string ToString() => $"nonce key {Epoch}";
}
