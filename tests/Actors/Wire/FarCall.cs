using TeleCube.Sip.Headers;
using TeleCube.Sip.Messages;

namespace TeleCube.Actors.Tests.Wire;

/// <summary>How far a call has come, as the far end sees it.</summary>
enum FarPhase { Begun, Ringing, Up, Over }

/// <summary>One call of a far end: its dialog with the exchange.</summary>
sealed class FarCall(FarEnd end, SipRequest invite, bool calls, NameAddress local, int port)
{
    public FarEnd End => end;

    /// <summary>The INVITE that began it; the last one, if it was asked who calls.</summary>
    public SipRequest Invite { get; set; } = invite;

    /// <summary>The far end calls the exchange; else the exchange calls it.</summary>
    public bool Calls => calls;

    /// <summary>With our tag.</summary>
    public NameAddress Local => local;

    /// <summary>With the exchange's tag, once there is one.</summary>
    public NameAddress Remote { get; set; } = calls ? invite.To : invite.From;

    public SipUri? RemoteTarget { get; set; } = calls ? null : invite.Contact?.Uri;

    /// <summary>Where it wants its audio: by that the media engine's streams are told apart.</summary>
    public int Port => port;

    public FarPhase Phase { get; set; }

    public uint CSeq { get; set; } = 1;

    /// <summary>The ACK of the 2xx has come, or has gone out.</summary>
    public bool Acknowledged { get; set; }

    public bool GaveUp { get; set; }

    /// <summary>It has said BYE, and the exchange has not answered yet: to the exchange the call goes on.</summary>
    public bool GoodbyeUnheard { get; set; }

    public DateTimeOffset BegunAt { get; init; }

    public DateTimeOffset OverAt { get; set; }

    /// <summary>The status of the final response to the INVITE, sent or received.</summary>
    public int Status { get; set; }

    /// <summary>The exchange said BYE or CANCEL.</summary>
    public bool EndedByExchange { get; set; }

    public string Dialled => Invite.Uri.User ?? "";

    public override string ToString() => $"{(calls ? "from" : "to")} {end.Name} {Phase}";
}
