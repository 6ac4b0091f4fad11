using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Schemes;

/// <summary>An SMS that an element wants sent on behalf of the call.</summary>
public sealed record SmsWish(E164 To, string Text);
