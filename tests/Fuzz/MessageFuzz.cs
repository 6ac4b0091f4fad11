using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Parsing;

namespace TeleCube.Fuzz.Tests;

public sealed class MessageFuzz
{
    [Fact]
    public void Any_bytes_are_read_refused_or_dropped() => Fuzzer.Run(Corpus.Files("message", "torture", "found"), Check, Fuzzer.Budget);

    static int Check(byte[] input)
    {
        var result = SipParser.TryParse(input, out var message);
        return message switch
        {
            SipRequest request => HashCode.Combine(result, Check(request)),
            SipResponse response => HashCode.Combine(result, Check(response)),
            _ => result.GetHashCode(),
        };
    }

    static int Check(SipRequest request)
    {
        var refusal = SipRequestCheck.Refusal(request);
        // Also who is refused must get an answer that others can read.
        var answer = SipResponse.For(request, refusal?.Status ?? 200, refusal?.Reason, "t");
        var parsed = SipParser.TryParse(answer.ToBytes(), out _);
        Assert.True(parsed.IsComplete, $"the answer is {parsed}");
        if (refusal is null) Stable(request);
        return HashCode.Combine(refusal, request.Headers.Count);
    }

    static int Check(SipResponse response)
    {
        var sound = SipResponseCheck.IsSound(response);
        if (sound) Stable(response);
        return HashCode.Combine(sound, response.Headers.Count);
    }

    static void Stable(SipMessage message)
    {
        ReadAll(message);
        var written = message.ToBytes();
        Assert.True(SipParser.TryParse(written, out var again).IsComplete);
        Assert.Equal(written, again!.ToBytes());
        Assert.Equal(message.GetType(), again.GetType());
        Assert.Equal(message.CallId, again.CallId);
        Assert.Equal(message.TopVia, again.TopVia);
    }

    static void ReadAll(SipMessage message)
    {
        _ = (message.TopVia.Received, message.TopVia.RPort, message.From.Tag, message.To.Tag, message.CSeq, message.MaxForwards, message.Expires);
        foreach (var contact in message.Contacts) _ = (contact.Expires, contact.Preference, contact.InstanceId);
        _ = (message.Routes, message.RecordRoutes, message.HasStarContact, message.HasSdp, MultipartBody.Parts(message));
        _ = (message.Get<ReferTo>()?.Replaces, message.Get<SessionExpires>()?.Refresher, message.Headers.Get<DigestCredentials>("Authorization")?.NonceCount);
        foreach (var field in message.Headers) _ = field.ToString();
    }
}
