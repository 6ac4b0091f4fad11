using System.Diagnostics.CodeAnalysis;

namespace TeleCube.Actors.Text;

/// <summary>
/// The form of every id that people choose: 1 to 64 of a–z, 0–9, <c>-</c> and <c>_</c>, beginning with a letter or digit.
/// </summary>
public static class Identifier
{
    const int MaxLength = 64;

    public static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxLength } && char.IsAsciiLetterOrDigit(text[0]) && text.All(IsAllowed);

    static bool IsAllowed(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_';
}
