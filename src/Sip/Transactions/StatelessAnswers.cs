using System.Security.Cryptography;
using System.Text;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Transactions;

/// <summary>
/// Refusals that leave no trace (RFC 3261 §8.2.7): the same request gets the same
/// answer, and its ACK is known by the tag. Safe on any thread.
/// </summary>
sealed class StatelessAnswers(SipStackOptions options, ISipTransport transport, SipStackCounters counters)
{
    const string Mark = "tcx";

    public void Answer(SipRequest request, SipFlow flow, int status, string? reason = null) =>
        Send(SipResponse.For(request, status, reason, TagFor(request)), request, flow);

    public void RefuseForLoad(SipRequest request, SipFlow flow)
    {
        counters.CountRefusedForLoad();
        var response = SipResponse.For(request, 503, toTag: TagFor(request));
        response.Set(new RetryAfter(TimeSpan.FromSeconds(SecondsToWait())));
        Send(response, request, flow);
    }

    /// <summary>An emergency call is answered whoever makes it.</summary>
    public bool IsExempt(SipRequest request) => options.IsExempt(request);

    /// <summary>It belongs to what is under way, by a tag that we gave out.</summary>
    public bool IsWithinDialog(SipRequest request) =>
        request.Headers.Get<NameAddress>(SipHeaderName.To) is { Tag: { } tag } && options.IsDialogTag(tag);

    public static bool IsOurTag(string? tag) => tag is not null && tag.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>Computed from the request, so that a repetition is answered alike without memory.</summary>
    public string TagFor(SipRequest request)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var headers = request.Headers;
        var seed = $"{headers.First(SipHeaderName.CallId)}|{headers.First(SipHeaderName.From)}";
        HMACSHA256.HashData(options.BranchKey.Span, Encoding.UTF8.GetBytes(seed), hash);
        return Mark + Convert.ToHexStringLower(hash[..8]);
    }

    void Send(SipResponse response, SipRequest request, SipFlow flow)
    {
        counters.CountSent();
        transport.Tell(new TransportOutbound(ResponseRouting.TargetOf(request.TopVia, flow), response.ToBytes()));
    }

    int SecondsToWait()
    {
        Span<byte> dice = stackalloc byte[1];
        options.Random.Fill(dice);
        var least = Math.Max(1, (int)options.RetryAfter.TotalSeconds);
        return least + dice[0] % (least + 1);
    }
}
