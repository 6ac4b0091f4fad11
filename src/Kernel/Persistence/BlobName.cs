using System.Diagnostics.CodeAnalysis;

namespace TeleCube.Kernel.Persistence;

/// <summary>
/// Names a file of an <see cref="IBlobStore"/>: one to four parts between slashes, such as <c>announcements/firmaabcde/0198….wav</c>. A part has 1 to 80
/// of a–z, 0–9, <c>-</c>, <c>_</c> and <c>.</c> and does not begin with a dot, so no name ever leads out of the store.
/// </summary>
public readonly record struct BlobName
{
    const int MaxParts = 4;
    const int MaxPartLength = 80;

    readonly string? _value;

    BlobName(string value) => _value = value;

    public string Value => _value ?? "";

    public static bool TryParse([NotNullWhen(true)] string? text, out BlobName name)
    {
        name = default;
        if (text is null) return false;
        var parts = text.Split('/');
        if (parts.Length > MaxParts || !parts.All(IsPart)) return false;
        name = new BlobName(text);
        return true;
    }

    /// <summary>A name that the program itself puts together.</summary>
    public static BlobName Of(params ReadOnlySpan<string> parts)
    {
        var text = string.Join('/', parts);
        return TryParse(text, out var name) ? name : throw new FormatException($"not a blob's name: '{text}'");
    }

    public override string ToString() => Value;

    static bool IsPart(string part) => part.Length is > 0 and <= MaxPartLength && part[0] != '.' && part.All(IsAllowed);

    static bool IsAllowed(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.';
}
