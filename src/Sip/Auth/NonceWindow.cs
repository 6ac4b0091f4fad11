namespace TeleCube.Sip.Auth;

/// <summary>Which nonce counts of one nonce were used: the highest and the 64 below it, since requests may overtake each other.</summary>
public sealed class NonceWindow
{
    const int Width = 64;

    ulong _used;
    uint _highest;

    /// <summary>False for a count that was used or is too far behind to tell.</summary>
    public bool TryUse(uint count)
    {
        if (count == 0) return false; // counts begin at 00000001 (RFC 7616 §3.4)
        if (count > _highest)
        {
            var ahead = count - _highest;
            _used = ahead >= Width ? 1 : (_used << (int)ahead) | 1;
            _highest = count;
            return true;
        }
        var behind = _highest - count;
        if (behind >= Width || (_used & (1UL << (int)behind)) != 0) return false;
        _used |= 1UL << (int)behind;
        return true;
    }
}
