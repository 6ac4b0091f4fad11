using System.Text;

namespace TeleCube.Fuzz.Tests;

/// <summary>
/// The committed inputs: files of messages and descriptions, files with one value a line for headers, and what was once found.
/// </summary>
static class Corpus
{
    static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "corpus");

    public static IReadOnlyList<byte[]> Files(params string[] folders) =>
        [.. folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(_folder, f), "*", SearchOption.AllDirectories)).Order().Select(File.ReadAllBytes)];

    public static IReadOnlyList<byte[]> Lines(string name) =>
        [.. File.ReadAllLines(Path.Combine(_folder, "headers", name + ".txt")).Where(line => line.Length > 0).Select(Encoding.UTF8.GetBytes)];

    public static IEnumerable<string> HeaderFiles => Directory.EnumerateFiles(Path.Combine(_folder, "headers"), "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)!);
}
