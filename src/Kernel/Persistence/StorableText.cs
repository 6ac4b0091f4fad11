using System.Buffers;

namespace TeleCube.Kernel.Persistence;

/// <summary>
/// The last defence of every store's text columns: NUL, which PostgreSQL takes in no text, and lone surrogates, which are no Unicode at all. One of them
/// would have a whole transaction refused, each time that it is tried.
/// </summary>
public static class StorableText
{
    const char Replacement = '\uFFFD';
    static readonly SearchValues<char> _suspects = SearchValues.Create(['\0', .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    /// <summary>The same text where any store takes it, else with U+FFFD for what none does.</summary>
    public static string? Of(string? text) =>
        text is null || !text.AsSpan().ContainsAny(_suspects) ? text : string.Create(text.Length, text, static (kept, given) => Replace(given, kept));

    static void Replace(string given, Span<char> kept)
    {
        for (var i = 0; i < given.Length; i++)
        {
            if (i + 1 < given.Length && char.IsSurrogatePair(given[i], given[i + 1])) (kept[i], kept[i + 1]) = (given[i], given[++i]);
            else kept[i] = given[i] is '\0' || char.IsSurrogate(given[i]) ? Replacement : given[i];
        }
    }
}
