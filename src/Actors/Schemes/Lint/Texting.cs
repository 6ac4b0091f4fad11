using TeleCube.Actors.Schemes.Elements;

namespace TeleCube.Actors.Schemes.Lint;

/// <summary>Numbers to which no SMS is ever sent.</summary>
static class Texting
{
    public static IEnumerable<SchemeFault> In(SchemeGraph graph, LintWorld world) =>
        graph.Elements.OfType<SmsElement>().Where(element => element.To is { } to && !world.Numbers.Of(to).TakesSms)
            .Select(element => new SchemeFault(
                element.Id, "bad-option", $"to is {world.Numbers.Of(element.To!.Value).Destination}: only Polish mobiles are sent an SMS", "to"));
}
