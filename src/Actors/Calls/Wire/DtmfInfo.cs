using System.Text;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Wire;

/// <summary>
/// A key press in an INFO body: <c>application/dtmf-relay</c> (<c>Signal=5</c> and
/// <c>Duration=160</c>, one a line) or <c>application/dtmf</c> (<c>5</c>).
/// </summary>
static class DtmfInfo
{
    public const string Types = "application/dtmf-relay, application/dtmf";

    const string Digits = "0123456789*#ABCD";

    public static bool TryRead(SipRequest info, out char digit)
    {
        digit = default;
        if (info.Body.Length > 128 || info.ContentType is not { } type) return false;

        var body = Encoding.ASCII.GetString(info.Body.Span);
        var text = type.StartsWith("application/dtmf-relay", StringComparison.OrdinalIgnoreCase) ? Signal(body)
            : type.StartsWith("application/dtmf", StringComparison.OrdinalIgnoreCase) ? body.Trim()
            : null;
        text = text switch { "10" => "*", "11" => "#", _ => text };
        if (text is not { Length: 1 } || !Digits.Contains(char.ToUpperInvariant(text[0]))) return false;
        digit = char.ToUpperInvariant(text[0]);
        return true;
    }

    static string? Signal(string body) => body.Split('\n')
        .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(pair => pair is [var name, _] && name.Equals("Signal", StringComparison.OrdinalIgnoreCase))?[1];
}
