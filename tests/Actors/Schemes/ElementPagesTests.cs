using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using TeleCube.Actors.Schemes;
using TeleCube.Tests.Support;

namespace TeleCube.Actors.Tests.Schemes;

/// <summary>docs/elements: a page for each element, with its options, its exits and an example that is one.</summary>
public sealed partial class ElementPagesTests
{
    static readonly string _folder = Path.Combine(Repository.Folder, "docs", "elements");

    static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static TheoryData<string, Type> Kinds { get; } = Rows();

    [Fact]
    public void There_is_a_page_for_each_element_and_no_other() => Assert.Equal(
        Kinds.Select(row => (string)row[0]).Order(StringComparer.Ordinal), Directory.GetFiles(_folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Its_page_names_every_option_and_shows_one_that_is_right(string kind, Type type)
    {
        var page = File.ReadAllText(Path.Combine(_folder, kind + ".md"));
        var options = type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.CanWrite && property.GetCustomAttribute<JsonIgnoreAttribute>() is null).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        foreach (var option in options) Assert.True(page.Contains($"`{option}`", StringComparison.Ordinal) || page.Contains($"\"{option}\"", StringComparison.Ordinal), $"{kind}.md does not name {option}");

        var example = JsonSerializer.Deserialize<SchemeElement>(Example().Match(page).Groups["json"].Value, _json)!;
        Assert.IsType(type, example);
        Assert.Empty(example.OptionFaults());
        Assert.Empty(example.Exits.Keys.Except(example.Leaves.Select(leave => leave.Name)));
        Assert.Empty(example.Leaves.Where(leave => leave.Required).Select(leave => leave.Name).Except(example.Exits.Keys));
    }

    [GeneratedRegex("```json\\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    static TheoryData<string, Type> Rows()
    {
        var rows = new TheoryData<string, Type>();
        foreach (var kind in typeof(SchemeElement).GetCustomAttributes<JsonDerivedTypeAttribute>()) rows.Add((string)kind.TypeDiscriminator!, kind.DerivedType);
        return rows;
    }
}
