using System.Globalization;

namespace TeleCube.Api.Http;

/// <summary>Texts that people read beside others: in a list, on a phone's display, in an SMS.</summary>
static class PlainText
{
    /// <summary>Line and paragraph separators, and the marks by which a text claims to run the other way (Unicode UAX #9, §2): one name could pass for another.</summary>
    public static bool Rearranges(char letter) => letter is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>Blank, or nothing at all on the screen: a name of such characters is none.</summary>
    public static bool IsUnseen(char letter) => char.IsWhiteSpace(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.Format;
}
