using System.Globalization;

namespace TeleCube.Tests.Support.Sipp;

/// <summary>How a SIPp ended.</summary>
public sealed record SippResult(int ExitCode, IReadOnlyDictionary<string, string> Statistics, string Errors, string Messages)
{
    /// <summary>SIPp's manual, "Exit codes".</summary>
    public string Meaning => ExitCode switch
    {
        0 => "all calls were successful",
        1 => "at least one call failed",
        97 => "it was ended by a command or timed out; calls may have been processed",
        99 => "it ended without having processed a call",
        253 => "the RTP check failed",
        254 => "it could not bind its socket",
        255 => "a fatal error",
        137 => "it was killed",
        _ => $"exit code {ExitCode}",
    };

    public int Successful => Count("SuccessfulCall(C)");

    public int Failed => Count("FailedCall(C)");

    public int Retransmissions => Count("Retransmissions(C)");

    public bool IsFine => ExitCode == 0 && Failed == 0;

    /// <summary>A cumulated counter by SIPp's name for it.</summary>
    public int Count(string name) =>
        Statistics.TryGetValue(name, out var text) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? count : 0;

    public override string ToString() => $"SIPp: {Meaning}; {Successful} successful, {Failed} failed.\n{Errors}\n{Messages}";
}
