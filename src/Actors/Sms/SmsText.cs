using System.Globalization;
using System.Text;

namespace TeleCube.Actors.Sms;

/// <summary>
/// How many SMS a text takes on the air (3GPP TS 23.038 §6.2, TS 23.040 §9.2.3.24): 160 letters of the GSM alphabet, 70 of any other; in several parts 153, or 67, each.
/// </summary>
public static class SmsText
{
    /// <summary>A text that an element fills in is cut so that it takes no more.</summary>
    public const int MostParts = 3;

    const int Septets = 160;
    const int SeptetsOfPart = 153;
    const int Letters = 70;
    const int LettersOfPart = 67;

    const string Cut = "...";

    const string Plain = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    const string Escaped = "\f^{}\\[~]|€"; // two septets each

    public static int Parts(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsGsm(text)
            ? In(text.Sum(Weight), Septets, SeptetsOfPart)
            : In(text.Length, Letters, LettersOfPart);
    }

    /// <summary>The text, or its beginning with three dots; never half of a letter.</summary>
    public static string Capped(string text)
    {
        if (Parts(text) <= MostParts) return text;
        var shown = new StringBuilder();
        foreach (var letter in StringInfo.GetTextElementEnumerator(text).Each())
        {
            if (Parts($"{shown}{letter}{Cut}") > MostParts) break;
            shown.Append(letter);
        }

        return shown.Append(Cut).ToString();
    }

    static bool IsGsm(string text) => text.All(letter => Plain.Contains(letter, StringComparison.Ordinal) || Escaped.Contains(letter, StringComparison.Ordinal));

    static int Weight(char letter) => Escaped.Contains(letter, StringComparison.Ordinal) ? 2 : 1;

    static int In(int length, int whole, int part) => length <= whole ? 1 : (length + part - 1) / part;

    static IEnumerable<string> Each(this TextElementEnumerator letters)
    {
        while (letters.MoveNext()) yield return letters.GetTextElement();
    }
}
