namespace TeleCube.Node.Hocon;

/// <summary>
/// Where a value was written: a file with line and column (both from 1), or the name of an environment variable or option.
/// </summary>
public readonly record struct HoconPosition(string Source, int Line = 0, int Column = 0)
{
    public override string ToString() => Line == 0 ? Source : $"{Source}:{Line}:{Column}";
}
