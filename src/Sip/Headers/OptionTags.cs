namespace TeleCube.Sip.Headers;

/// <summary>The option tags of Supported and Require that we know (IANA "Option Tags").</summary>
public static class OptionTags
{
    public const string ReliableProvisional = "100rel"; // RFC 3262
    public const string Timer = "timer"; // RFC 4028
    public const string Replaces = "replaces"; // RFC 3891
    public const string NoReferSub = "norefersub"; // RFC 4488
    public const string Path = "path"; // RFC 3327
    public const string Outbound = "outbound"; // RFC 5626
    public const string FromChange = "from-change"; // RFC 4916
    public const string Privacy = "privacy"; // RFC 3323
    public const string HistoryInfo = "histinfo"; // RFC 7044
}
