namespace TeleCube.Media.Srtp;

/// <summary>The 64 newest packet indices (RFC 3711 §3.3.2). Asked before authentication, told after it: a forger must not move the window.</summary>
struct ReplayWindow
{
    ulong _seen; // bit n: Highest - n was seen

    public bool Started { readonly get; private set; }
    public ulong Highest { readonly get; private set; }

    public readonly bool IsFresh(ulong index)
    {
        if (!Started || index > Highest) return true;
        var behind = Highest - index;
        return behind < 64 && (_seen & (1UL << (int)behind)) == 0;
    }

    public void Commit(ulong index)
    {
        if (!Started || index > Highest)
        {
            var ahead = Started ? index - Highest : 64;
            _seen = (ahead < 64 ? _seen << (int)ahead : 0) | 1;
            (Started, Highest) = (true, index);
        }
        else _seen |= 1UL << (int)(Highest - index);
    }

    /// <summary>
    /// The 48-bit index that a sequence number most likely means (RFC 3711 §3.3.1 and appendix A); null: before the first roll-over there was none.
    /// </summary>
    public readonly ulong? Guess(ushort sequence)
    {
        if (!Started) return sequence;
        var (rollOver, last) = ((long)(Highest >> 16), (int)(Highest & 0xFFFF));
        if (last < 0x8000 && sequence - last > 0x8000) rollOver--;
        else if (last >= 0x8000 && last - 0x8000 > sequence) rollOver++;
        return rollOver < 0 ? null : (ulong)rollOver << 16 | sequence;
    }
}
