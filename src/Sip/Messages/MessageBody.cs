namespace TeleCube.Sip.Messages;

/// <summary>The parts of a message's body as far as they can be read, and why the rest cannot.</summary>
public sealed record MessageBody(IReadOnlyList<BodyPart> Parts, SipRefusal? Fault)
{
    /// <summary>The part that describes the session, or null.</summary>
    public BodyPart? Session => Parts.FirstOrDefault(part => part.IsSession);
}
