namespace TeleCube.Actors.Numbers;

/// <summary>What the plan says of a number however it was dialled.</summary>
public static class NumberInfoExtensions
{
    static readonly NumberInfo _emergency = new(NumberClass.Emergency, "Polska", "Numer alarmowy");
    static readonly NumberInfo _internal = new(NumberClass.Unknown, "", "Numer wewnętrzny");

    public static NumberInfo Of(this INumberInfo plan, DialledNumber number) => number switch
    {
        DialledNumber.Public(var found) => plan.Of(found),
        DialledNumber.Short(var found) => plan.Of(found),
        DialledNumber.Emergency => _emergency,
        _ => _internal,
    };
}
