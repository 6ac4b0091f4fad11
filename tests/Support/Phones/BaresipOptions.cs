using System.Net;

namespace TeleCube.Tests.Support.Phones;

/// <summary>Who a phone is and where it registers.</summary>
public sealed record BaresipOptions
{
    internal const int RtpPorts = 40;

    /// <summary>The user part of its address; with a <see cref="Password"/> it registers.</summary>
    public required string User { get; init; }

    public string? Password { get; init; }

    /// <summary>The registrar and outbound proxy; without one the phone is called peer to peer.</summary>
    public IPEndPoint? Server { get; init; }

    /// <summary>The domain of its address; the server's address if not given.</summary>
    public string? Domain { get; init; }

    public string Transport { get; init; } = "udp";

    /// <summary>The address on which it is itself.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>What it plays to the other side.</summary>
    public double ToneHz { get; init; } = 440;

    public TimeSpan ToneLength { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>pcma, pcmu or both, in the order of preference.</summary>
    public string Codecs { get; init; } = "pcma,pcmu";

    /// <summary>srtp or srtp-mand switches SDES on.</summary>
    public string? MediaEncryption { get; init; }

    /// <summary>A PEM file of the authority that its server's certificate must come from (TLS).</summary>
    public string? Trusts { get; init; }

    /// <summary>A PEM file with the phone's own certificate and key: with it the phone can be connected to by TLS.</summary>
    public string? Certificate { get; init; }

    public bool AnswersAtOnce { get; init; }

    public TimeSpan RegistersFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>More of baresip's account parameters, each beginning with ';'.</summary>
    public string MoreAccountParameters { get; init; } = "";

    /// <summary>More of baresip's modules, such as mwi.so.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    internal string AccountLine(int port)
    {
        var domain = Domain ?? Server?.ToString() ?? $"{new IPEndPoint(Address, port)}";
        var line = $"<sip:{User}@{domain};transport={Transport}>;audio_codecs={Codecs};answermode={(AnswersAtOnce ? "auto" : "manual")}";
        if (Server is not null) line += $";outbound=\"sip:{Server};transport={Transport}\"";
        line += Password is not null ? $";auth_user={User};auth_pass={Password};regint={(int)RegistersFor.TotalSeconds}" : ";regint=0";
        if (MediaEncryption is not null) line += $";mediaenc={MediaEncryption}";
        return line + MoreAccountParameters;
    }

    internal string Config(TempFolder folder, int sipPort, int controlPort, int rtpPort) =>
        $"""
        sip_listen {new IPEndPoint(Address, sipPort)}
        {(Trusts is null ? "" : $"sip_cafile {Trusts}")}
        {(Certificate is null ? "" : $"sip_certificate {Certificate}")}
        sip_trans_def {Transport}
        net_interface {Address}
        audio_player aubridge,{User}{sipPort}
        audio_source aufile,{folder["tone.wav"]}
        audio_alert aubridge,alert{sipPort}
        ausrc_srate 8000
        auplay_srate 8000
        audio_buffer 20-160
        rtp_ports {rtpPort}-{rtpPort + RtpPorts - 1}
        rtp_stats yes
        call_max_calls 8
        ringback_disabled yes
        module_path /usr/lib/baresip/modules
        module g711.so
        module aufile.so
        module aubridge.so
        module sndfile.so
        module srtp.so
        snd_path {folder.Path}
        module_tmp account.so
        module_app menu.so
        module_app ctrl_tcp.so
        {string.Join('\n', Modules.Select(module => $"module_app {module}"))}
        ctrl_tcp_listen 127.0.0.1:{controlPort}

        """;
}
