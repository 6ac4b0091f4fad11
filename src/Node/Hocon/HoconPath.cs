namespace TeleCube.Node.Hocon;

/// <summary>A key path such as <c>telecube.call.ring-timeout</c>.</summary>
public readonly record struct HoconPath(string Text)
{
    public static readonly HoconPath Root = new("");

    public bool IsRoot => Text.Length == 0;

    public string[] Segments => IsRoot ? [] : Text.Split('\0');

    public HoconPath Then(string segment) => new(IsRoot ? segment : $"{Text}\0{segment}");

    public HoconPath Then(HoconPath rest) => rest.IsRoot ? this : IsRoot ? rest : new($"{Text}\0{rest.Text}");

    /// <summary>The path below <paramref name="prefix"/>, or null if it lies elsewhere.</summary>
    public HoconPath? Below(HoconPath prefix) =>
        prefix.IsRoot ? this : Text.StartsWith($"{prefix.Text}\0", StringComparison.Ordinal) ? new(Text[(prefix.Text.Length + 1)..]) : null;

    public override string ToString() => Text.Replace('\0', '.');
}
