namespace TeleCube.Actors.Numbers;

/// <summary><c>#31#NR</c> hides the caller's number for one call (PRODUCT §11).</summary>
public static class HiddenNumber
{
    const string Code = "#31#";

    /// <summary>What is dialled, without the code before it.</summary>
    public static string Behind(string dialled, out bool hides)
    {
        ArgumentNullException.ThrowIfNull(dialled);
        hides = dialled.StartsWith(Code, StringComparison.Ordinal);
        return hides ? dialled[Code.Length..] : dialled;
    }
}
