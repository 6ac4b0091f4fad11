namespace TeleCube.Node.Hocon;

/// <summary>Adds a resolved tree to a configuration.</summary>
public sealed class HoconConfigurationSource(HoconObject root) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new HoconConfigurationProvider(root);
}
