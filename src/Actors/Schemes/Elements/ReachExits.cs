using System.Collections.Immutable;
using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Schemes.Elements;

/// <summary>The exits of an element that rings somebody: busy, no answer, unavailable (PRODUCT §4).</summary>
static class ReachExits
{
    public const string Busy = "busy", NoAnswer = "noAnswer", Unavailable = "unavailable";

    public static readonly ImmutableArray<ElementExit> All = [new(Busy, Required: false), new(NoAnswer, Required: false), new(Unavailable, Required: false)];

    public static ElementStep Leave(EndCause cause, string whom) => new ElementStep.Leave(Of(cause), $"{whom}: {cause.Code}", cause);

    /// <summary>Only who rang in vain has waited.</summary>
    public static bool Waits(string exit) => exit == NoAnswer;

    static string Of(EndCause cause) => cause.Code switch
    {
        "busy" or "declined" or "do-not-disturb" => Busy,
        "no-answer" => NoAnswer,
        _ => Unavailable,
    };
}
