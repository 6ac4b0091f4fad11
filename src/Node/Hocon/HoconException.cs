namespace TeleCube.Node.Hocon;

/// <summary>One thing wrong with the configuration: where it stands and what to do about it.</summary>
public sealed record HoconFault(HoconPosition At, string Text)
{
    public override string ToString() => $"{At}: {Text}";
}

/// <summary>The configuration can't be used; the message names every fault with file, line and remedy.</summary>
public sealed class HoconException(IReadOnlyList<HoconFault> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public HoconException(HoconPosition at, string text) : this([new HoconFault(at, text)])
    {
    }

    public IReadOnlyList<HoconFault> Faults => faults;
}
