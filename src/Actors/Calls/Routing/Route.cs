using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Calls.Routing;

/// <summary>What to try next for a call, and why: the reason stands on the call's timeline.</summary>
public readonly record struct Route(RouteStep Next, string Reason)
{
    public static Route Refuse(EndCause cause, string reason) => new(new RouteStep.Refuse(cause), reason);
}
