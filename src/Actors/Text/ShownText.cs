namespace TeleCube.Actors.Text;

/// <summary>
/// Words from the wire as records keep them: a percent-escape, a quoted pair or a header may carry any character, also such as stand for nothing that can
/// be seen or stored.
/// </summary>
public static class ShownText
{
    const char Replacement = '\uFFFD';

    /// <summary>Breaks and tabs become blanks, other control characters U+FFFD; the same text where there are none.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Any(char.IsControl) ? string.Concat(text.Select(Shown)) : text;
    }

    static char Shown(char letter) => !char.IsControl(letter) ? letter : char.IsWhiteSpace(letter) ? ' ' : Replacement;
}
