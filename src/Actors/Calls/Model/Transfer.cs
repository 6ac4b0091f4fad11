namespace TeleCube.Actors.Calls.Model;

/// <summary>A transfer under way: who asked for it, for whom, and to what.</summary>
public sealed record Transfer(int By, int Kept, string Target, bool OverSip)
{
    /// <summary>In place of a leg's number: the one who asked, or who is transferred, is the partner's.</summary>
    public const int Partners = -1;

    /// <summary>The transferor's extension: its permissions count, and it is rung back.</summary>
    public string? Extension { get; init; }

    /// <summary>The external number that a transferor called itself stands for, by its id: it is rung back.</summary>
    public string? ByExternal { get; init; }

    /// <summary>Asked for by keys (<c>*022#</c>): the external number, by its id, that is called as such.</summary>
    public string? ToExternal { get; init; }

    /// <summary>The dialog whose place the kept party takes (attended transfer).</summary>
    public string? Replaces { get; init; }

    /// <summary>The CSeq of the REFER, where a phone asked by one.</summary>
    public uint? ReferSeq { get; init; }

    /// <summary>Not the first REFER of its dialog: each NOTIFY says which one it is about (RFC 3515 §2.4.6).</summary>
    public bool Again { get; init; }

    /// <summary>The joined call whose phone asked for it and waits for the outcome.</summary>
    public CallId? ByCall { get; init; }
}
