namespace TeleCube.Actors.Text;

/// <summary>What is wrong with one line of a file that a person wrote; lines count from 1.</summary>
public sealed record LineError(int Line, string Text)
{
    public override string ToString() => $"line {Line}: {Text}";
}
