using TeleCube.Actors.Prompts;
using TeleCube.Actors.Tenants;

namespace TeleCube.Actors.Schemes.Lint;

/// <summary>Prompts that some language has, but not the one in which callers are spoken to: they would hear nothing.</summary>
static class Hearing
{
    public static IEnumerable<SchemeFault> In(SchemeGraph graph, TenantState tenant, LintWorld world)
    {
        if (world.Language is not { } language || !PromptTexts.Languages.Contains(language)) return [];
        return graph.Elements.SelectMany(element => element.Needs.OfType<ElementNeed.Sound>()
            .Where(need => need.Id.Prompt is { } prompt && IsSilent(prompt, language, tenant))
            .Select(need => new SchemeFault(
                element.Id, need.MissingCode, $"the prompt '{need.Id.Prompt}' is not there in the language of this exchange ({language}): name an announcement", need.Field)));
    }

    static bool IsSilent(string prompt, string language, TenantState tenant) =>
        PromptTexts.Names.Contains(prompt) && PromptTexts.Find(language, prompt) is null
        && tenant.Announcements.Values.All(announcement => announcement.Replaces != prompt);
}
