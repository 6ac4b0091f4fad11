using Microsoft.Extensions.Configuration;
using TeleCube.Node.Hocon;

namespace TeleCube.Node.Tests.Hocon;

/// <summary>Parses, resolves and flattens a text, so that a test is one line.</summary>
static class Reading
{
    public static IConfiguration Of(string text, params (string Name, string Value)[] environment)
    {
        var root = new HoconObject(new("test.conf"));
        HoconParser.Parse(new("test.conf", text), root);
        return Of(root, environment);
    }

    public static IConfiguration Of(HoconObject root, params (string Name, string Value)[] environment)
    {
        var resolved = HoconResolver.Resolve(root, name => environment.FirstOrDefault(variable => variable.Name == name).Value);
        return new ConfigurationBuilder().Add(new HoconConfigurationSource(resolved)).Build();
    }
}
