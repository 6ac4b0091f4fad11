using System.Net;

namespace TeleCube.Node.Options;

/// <summary><c>telecube.media</c>: where audio flows.</summary>
public sealed record MediaSettings
{
    public required IPAddress Bind { get; init; }

    public required IPAddress? Advertise { get; init; }

    /// <summary>A second address, for the phones and trunks of the other family.</summary>
    public required IPAddress? BindIpv6 { get; init; }

    public required IPAddress? AdvertiseIpv6 { get; init; }

    public required PortRange Ports { get; init; }

    /// <summary>For so many emergency calls ports are kept.</summary>
    public required int EmergencyCalls { get; init; }

    public required int Loops { get; init; }

    public required TimeSpan PortRest { get; init; }

    public required TimeSpan LatchProbation { get; init; }

    public required TimeSpan StrangerAfter { get; init; }

    public required TimeSpan RelatchAfter { get; init; }

    public required TimeSpan LostAfter { get; init; }

    public required TimeSpan RtcpInterval { get; init; }

    public required ByteSize AudioCache { get; init; }

    public required string? PromptsDirectory { get; init; }

    public required UploadOptions Upload { get; init; }

    /// <summary>The folder below it whose prompts are heard.</summary>
    public required string PromptsLanguage { get; init; }
}

/// <summary>What an uploaded recording may cost.</summary>
public sealed record UploadOptions
{
    public required ByteSize MaxSize { get; init; }

    public required TimeSpan MaxLength { get; init; }

    /// <summary>Decodes what is not plain WAV.</summary>
    public required string? Decoder { get; init; }

    public required TimeSpan DecodeWithin { get; init; }
}
