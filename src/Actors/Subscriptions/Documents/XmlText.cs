using System.Security;
using System.Text;

namespace TeleCube.Actors.Subscriptions.Documents;

/// <summary>Text as it may stand in an XML document: what a phone wrote into a header may hold any byte.</summary>
static class XmlText
{
    public const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    public static string Of(string text) => SecurityElement.Escape(string.Concat(text.EnumerateRunes().Where(IsXml)));

    public static byte[] Bytes(this StringBuilder document) => Encoding.UTF8.GetBytes(document.ToString());

    // Char of XML 1.0 §2.2, without the line ends, which no attribute keeps.
    static bool IsXml(Rune rune) => rune.Value is >= 0x20 and <= 0xD7FF or >= 0xE000 and <= 0xFFFD or >= 0x10000;
}
