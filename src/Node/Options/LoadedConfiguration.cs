using TeleCube.Node.Hocon;

namespace TeleCube.Node.Options;

/// <summary>A configuration that was read, bound and checked.</summary>
public sealed record LoadedConfiguration(TeleCubeOptions Options, HoconObject Root, IReadOnlyList<string> Warnings);
