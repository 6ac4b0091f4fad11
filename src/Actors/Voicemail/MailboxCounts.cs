namespace TeleCube.Actors.Voicemail;

/// <summary>Messages that nobody has heard yet, and those that were heard and kept (RFC 3842 §3.5 calls them new and old).</summary>
public readonly record struct MailboxCounts(int New, int Old);
