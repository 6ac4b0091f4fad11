namespace TeleCube.Actors.Trunks;

/// <summary>In which form a carrier wants numbers. Short and emergency numbers always go as they are.</summary>
public enum TrunkNumberFormat
{
    /// <summary><c>+48111222333</c></summary>
    E164Plus,

    /// <summary><c>48111222333</c></summary>
    E164,

    /// <summary><c>0048111222333</c></summary>
    DoubleZero,

    /// <summary><c>111222333</c>; foreign ones with 00.</summary>
    National9,
}

/// <summary>How the bare digits that a carrier sends are to be read.</summary>
public enum TrunkInboundNumbers
{
    /// <summary><c>+48…</c>, <c>0048…</c>, <c>48…</c> and 9 digits are Polish; foreign ones come with + or 00 (PRODUCT §11).</summary>
    Polish,

    /// <summary>Bare digits are whole international numbers: <c>4922…</c> is German.</summary>
    International,
}
