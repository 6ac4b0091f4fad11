using System.Text.RegularExpressions;
using TeleCube.Actors.Calls.Wire;
using TeleCube.Kernel.Sharding;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Calls.Timeline;

/// <summary>
/// What a peer that asked to be unknown (RFC 3323, RFC 3325) says of itself is for exchanges, not for whom it calls: it is left out of the company's timeline.
/// The calls of no company are the operator's, who may see it.
/// </summary>
sealed partial class WithheldIdentity(TenantId tenant)
{
    const string LeftOut = "(left out)";

    /// <summary>What is shorter would be found anywhere.</summary>
    const int ShortestUser = 5, ShortestName = 3;

    static readonly SipHeaderName[] _identities =
        [SipHeaderName.PAssertedIdentity, SipHeaderName.PPreferredIdentity, SipHeaderName.RemotePartyId, SipHeaderName.Contact];

    readonly HashSet<int> _legs = [];
    readonly HashSet<string> _said = new(StringComparer.Ordinal);

    public bool IsEmpty => _legs.Count == 0;

    /// <summary>A message that came from the peer of a leg.</summary>
    public void Heard(int? leg, SipMessage message)
    {
        if (leg is not { } number || tenant == TenantId.Platform || !CallerPrivacy.IsAskedFor(message)) return;
        _legs.Add(number);
        foreach (var name in _identities)
            foreach (var value in message.Headers.All(name)) Learn(value, message);
        if (message is not SipRequest request) return;
        Learn(request.From.Uri.ToString(), message);
        if (request.From.DisplayName is { Length: >= ShortestName } shown && !shown.Equals("anonymous", StringComparison.OrdinalIgnoreCase)) _said.Add(shown);
    }

    /// <summary>The text without it; <paramref name="from"/> is the leg whose peer has sent it, and null for what we send.</summary>
    public string LeaveOut(string text, int? from = null)
    {
        if (IsEmpty) return text;
        if (from is { } leg && _legs.Contains(leg)) text = Headers().Replace(text, $"$1: {LeftOut}\r\n");
        foreach (var said in _said.OrderByDescending(said => said.Length)) text = text.Replace(said, LeftOut, StringComparison.Ordinal);
        return text;
    }

    public void Clear()
    {
        _legs.Clear();
        _said.Clear();
    }

    /// <summary>Users of URIs, with and without the plus and Poland's code, except for the number that is called.</summary>
    void Learn(string value, SipMessage message)
    {
        foreach (Match match in Users().Matches(value))
        {
            var user = match.Groups["user"].Value.TrimStart('+');
            if (user.Length < ShortestUser || user.Equals("anonymous", StringComparison.OrdinalIgnoreCase) || IsCalled(user, message)) continue;
            _said.Add(user);
            if (user.Length == 11 && user.StartsWith("48", StringComparison.Ordinal)) _said.Add(user[2..]);
        }
    }

    static bool IsCalled(string user, SipMessage message) =>
        message is SipRequest request && (Ends(request.Uri.User, user) || Ends(request.To.Uri.User, user));

    static bool Ends(string? called, string user) => called?.EndsWith(user, StringComparison.Ordinal) == true;

    [GeneratedRegex(@"\bsips?:(?<user>[^@:;>,\s]+)[^@>,\s]*@|\btel:(?<user>[^;>,\s]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Users();

    [GeneratedRegex(
        @"^(P-Asserted-Identity|P-Preferred-Identity|Remote-Party-ID|Diversion|History-Info|Referred-By)[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*",
        RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Headers();
}
