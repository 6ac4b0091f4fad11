using System.Globalization;
using System.Text;

namespace TeleCube.Actors.Sms;

/// <summary>
/// A name that a carrier or a caller gives, made fit for an SMS to somebody else: one short line of letters, without what a phone makes a link or a number to call of.
/// </summary>
public static class SmsName
{
    const int MaxLength = 30;
    const int MostDigits = 4; // a year or a branch, but no number that could be called
    const int MostMarks = 2; // accents on one letter

    const string Signs = " '’-&()+,.";

    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var shown = new StringBuilder();
        var (digits, marks) = (0, 0);
        foreach (var rune in name.EnumerateRunes())
        {
            var isMark = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            marks = isMark ? marks + 1 : 0;
            if (isMark ? marks > MostMarks || shown.Length == 0 : Rune.IsDigit(rune) && ++digits > MostDigits) continue;
            Add(shown, isMark || Rune.IsLetter(rune) || Rune.IsDigit(rune) || (rune.IsAscii || rune.Value == '’') && Signs.Contains((char)rune.Value) ? rune : new Rune(' '));
            if (shown.Length >= MaxLength) break;
        }

        return shown.ToString().Trim();
    }

    /// <summary>A dot is followed by a space, so that <c>evil.example</c> is no address; spaces are single.</summary>
    static void Add(StringBuilder shown, Rune rune)
    {
        var last = shown.Length == 0 ? ' ' : shown[^1];
        if (rune.Value == ' ' && last == ' ') return;
        if (last == '.' && rune.Value != ' ') shown.Append(' ');
        shown.Append(rune.ToString());
    }
}
