namespace TeleCube.Actors.Schemes;

/// <summary>An option of an element whose value makes no sense; the field is named as in the element's JSON.</summary>
public sealed record OptionFault(string Field, string Text)
{
    /// <summary>A fault for a number outside of its bounds, or none.</summary>
    public static IEnumerable<OptionFault> Within(string field, int value, int least, int most) =>
        value < least || value > most ? [new OptionFault(field, $"must be {least} to {most}")] : [];
}
