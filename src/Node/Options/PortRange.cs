using System.Globalization;

namespace TeleCube.Node.Options;

/// <summary><c>20000-29999</c>: both ends belong to it.</summary>
public readonly record struct PortRange(int First, int Last)
{
    public int Count => Last - First + 1;

    public static bool TryParse(string text, out PortRange range)
    {
        range = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !TryParsePort(text[..dash], out var first) || !TryParsePort(text[(dash + 1)..], out var last) || first > last) return false;
        range = new(first, last);
        return true;
    }

    public override string ToString() => $"{First}-{Last}";

    static bool TryParsePort(string text, out int port) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535;
}
