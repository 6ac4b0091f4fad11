namespace TeleCube.Actors.Schemes.Lint;

/// <summary>What is wrong with a scheme: which element (null: the scheme itself), which of its fields, a kebab-case code, and a text for people.</summary>
public sealed record SchemeFault(ElementId? Element, string Code, string Text, string? Field = null);
