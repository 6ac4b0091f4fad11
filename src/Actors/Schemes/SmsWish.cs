using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Schemes;

/// <summary>An SMS that an element wants sent on behalf of the call. <paramref name="Claimed"/>: its receiver is who the caller says to be.</summary>
public sealed record SmsWish(E164 To, string Text, bool Claimed);
