using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TeleCube.Sip.Sdp;

/// <summary>A session description (RFC 8866, RFC 4566), immutable; lines and attributes that we do not know are carried along.</summary>
public sealed record SessionDescription(SdpOrigin Origin)
{
    public const string ContentType = "application/sdp";

    public string Name { get; init; } = "-";

    public SdpConnection? Connection { get; init; }

    /// <summary>t= values; the r= and z= lines are with the others.</summary>
    public IReadOnlyList<string> Times { get; init; } = ["0 0"];

    /// <summary>i=, u=, e=, p=, b=, r=, z= and k= lines.</summary>
    public IReadOnlyList<SdpLine> OtherLines { get; init; } = [];

    public SdpAttributes Attributes { get; init; } = SdpAttributes.Empty;

    public IReadOnlyList<MediaDescription> Media { get; init; } = [];

    /// <summary>The first audio line in use.</summary>
    public MediaDescription? Audio => Media.FirstOrDefault(m => m.IsAudio && !m.IsRefused);

    /// <summary>Where media of this line goes: the line's own address or the session's.</summary>
    public SdpConnection? ConnectionOf(MediaDescription media) => media.Connection ?? Connection;

    /// <summary>
    /// The line's direction or the session's; sendrecv if neither says. An address of 0.0.0.0 cannot receive (RFC 3264 §8.4).
    /// </summary>
    public SdpDirection DirectionOf(MediaDescription media)
    {
        var said = media.Direction ?? SessionDirection ?? SdpDirection.SendRecv;
        return ConnectionOf(media) is { IsUnspecified: true } ? said & SdpDirection.SendOnly : said;
    }

    /// <summary>The writer holds the call: it does not want to hear us.</summary>
    public bool IsHold => Audio is { } audio && !DirectionOf(audio).Receives();

    /// <summary>RFC 3264 §8: an o= line that has not changed promises that nothing else has.</summary>
    public bool IsUnchangedSince(SessionDescription earlier) => Origin == earlier.Origin;

    /// <summary>Equal but for the o= line.</summary>
    public bool HasContentOf(SessionDescription other) => Equals(other with { Origin = Origin });

    public SessionDescription WithOrigin(SdpOrigin origin) => this with { Origin = origin };

    public SessionDescription WithConnection(SdpConnection? connection) => this with { Connection = connection };

    public SessionDescription WithMedia(int index, MediaDescription media) =>
        this with { Media = [.. Media.Select((m, i) => i == index ? media : m)] };

    public SessionDescription WithMedia(IEnumerable<MediaDescription> media) => this with { Media = [.. media] };

    public static bool TryParse(ReadOnlySpan<byte> text, [MaybeNullWhen(false)] out SessionDescription session) =>
        SdpParser.Parse(text, out session).IsComplete;

    /// <summary>For our own constants and tests; what cannot be read is a bug and throws.</summary>
    public static SessionDescription Parse(string text)
    {
        var result = SdpParser.Parse(Encoding.UTF8.GetBytes(text), out var session);
        return session ?? throw new FormatException($"not a session description: {result.Reason} in line {result.Line}");
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString() => SdpWriter.Write(this);

    public bool Equals(SessionDescription? other) =>
        other is not null && Origin == other.Origin && Name == other.Name && Connection == other.Connection
        && Times.SequenceEqual(other.Times) && OtherLines.SequenceEqual(other.OtherLines)
        && Attributes.Equals(other.Attributes) && Media.SequenceEqual(other.Media);

    public override int GetHashCode() => Origin.GetHashCode();

    SdpDirection? SessionDirection
    {
        get
        {
            foreach (var attribute in Attributes)
                if (SdpDirections.Of(attribute.Name) is { } direction) return direction;
            return null;
        }
    }
}
