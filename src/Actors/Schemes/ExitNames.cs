using TeleCube.Actors.Schemes.Elements;

namespace TeleCube.Actors.Schemes;

/// <summary>The form of exits that people name themselves.</summary>
static class ExitNames
{
    const int MaxLength = 64;

    public const string Rule = "must be 1 to 64 characters, and not 'otherwise'";

    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= MaxLength } && name != TimeConditionElement.OtherwiseExit && name.Trim() == name && !name.Any(char.IsControl);
}
