using TeleCube.Load.Rtp;

namespace TeleCube.Load.Signalling;

/// <summary>One dialog of the bench with its audio stream.</summary>
sealed class Leg(string callId, string localTag, RtpStream? stream)
{
    public string CallId => callId;

    public string LocalTag => localTag;

    public RtpStream? Stream => stream;

    public string LocalAddress { get; set; } = "";

    public string RemoteAddress { get; set; } = "";

    public string RemoteTarget { get; set; } = "";

    public IReadOnlyList<string> Route { get; set; } = [];

    public int Sequence { get; set; } = 1;

    /// <summary>Ours to answer, and not answered yet.</summary>
    public bool Ringing { get; set; }

    /// <summary>The last ACK, sent again for every repeated 2xx.</summary>
    public SipText? Acknowledgement { get; set; }

    /// <summary>The last 2xx of ours and whether it is acknowledged.</summary>
    public TaskCompletionSource? Unacknowledged { get; set; }

    /// <summary>Completes when the other side hung up.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
