namespace TeleCube.Actors.Calls.Timeline;

/// <summary>
/// One line of what a call did: <paramref name="Kind"/> is <c>sip-in</c>, <c>sip-out</c>, <c>decision</c>, <c>media</c> or <c>note</c>;
/// <paramref name="Text"/> is for people; <paramref name="Message"/> is the whole SIP message where these are kept, secrets left out.
/// </summary>
public sealed record TimelineEntry(DateTimeOffset At, string Kind, int? Leg, string Code, string Text, string? Message = null);
