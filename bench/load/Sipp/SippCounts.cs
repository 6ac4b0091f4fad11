namespace TeleCube.Load.Sipp;

/// <summary>What one side of SIPp saw.</summary>
/// <param name="Created">Calls begun.</param>
/// <param name="Answered">INVITEs answered with 200.</param>
/// <param name="Completed">Calls that were answered and ended as they should.</param>
/// <param name="Refused">INVITEs answered with 503.</param>
/// <param name="TimedOut">Messages given up after their last repetition.</param>
/// <param name="Failed">Calls that ended in any other way than completed or refused, time-outs included.</param>
/// <param name="Repeated">Retransmissions sent and received.</param>
/// <param name="Seconds">From the first call to the end of the last.</param>
/// <param name="AnswerMs">Mean time from INVITE to its 200.</param>
readonly record struct SippCounts(
    double Created, double Answered, double Completed, double Refused, double TimedOut, double Failed, double Repeated, double Seconds, double AnswerMs)
{
    public bool Clean => Created > 0 && Failed == 0 && Refused == 0 && Repeated == 0 && Completed == Created;
}
