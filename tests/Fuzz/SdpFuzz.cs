using System.Text;
using TeleCube.Sip.Sdp;

namespace TeleCube.Fuzz.Tests;

public sealed class SdpFuzz
{
    static readonly AudioPlan _plan = new("192.0.2.1", 4000) { Cryptos = [SdpCrypto.Create(1, SdpCrypto.AesCm80, new byte[30])] };

    [Fact]
    public void A_description_that_is_read_is_written_and_answered() => Fuzzer.Run(Corpus.Files("sdp"), Check, Fuzzer.Budget);

    static int Check(byte[] input)
    {
        var result = SdpParser.Parse(input, out var session);
        if (session is null) return result.Reason.GetHashCode();
        var again = SessionDescription.Parse(session.ToString());
        Assert.Equal(session.ToString(), again.ToString());
        Assert.Equal(session, again);

        var stream = AudioStream.Of(session);
        _ = (stream?.Codec, stream?.TelephoneEvent, session.IsHold, stream?.Cryptos.Count(c => c.KeyAndSalt is not null));
        if (SdpAnswer.Audio(session, new(1, 1, "192.0.2.1"), _plan) is { } answer)
        {
            Assert.Equal(session.Media.Select(m => m.Kind), answer.Media.Select(m => m.Kind));
            Assert.Single(answer.Media, m => !m.IsRefused);
            Assert.True(SessionDescription.TryParse(Encoding.UTF8.GetBytes(answer.ToString()), out _));
        }
        return HashCode.Combine(session.Media.Count, session.Attributes.Count, stream?.Codecs.Count, stream?.Direction);
    }
}
