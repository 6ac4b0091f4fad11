using Microsoft.AspNetCore.Http.HttpResults;
using TeleCube.Actors.Prompts;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Api.Identity;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Api.Tenants;

/// <summary>The prompts that come with TeleCube, and which of them the tenant has replaced by announcements of its own.</summary>
static class PromptsApi
{
    public static void MapPrompts(this RouteGroupBuilder tenant)
    {
        var prompts = tenant.MapGroup("/prompts").WithTags("Announcements");
        prompts.MapGet("", List).For(UserRole.Consultant).WithSummary("List the built-in prompts that an announcement can replace");
    }

    static async Task<Results<Ok<ListOf<PromptView>>, Refused>> List(TenantId tenantId, [AsParameters] PageQuery page, EntityDesk desk, CancellationToken stop)
    {
        var own = (await desk.Tenant(tenantId, stop)).Announcements.Values
            .Where(announcement => announcement.Replaces is not null)
                .ToDictionary(announcement => announcement.Replaces!, announcement => announcement.Id.Value);
        return TypedResults.Ok(ListOf<PromptView>.Page(
            PromptTexts.Names.Order(StringComparer.Ordinal), page, name => name, name => PromptView.Of(name, own.GetValueOrDefault(name))));
    }
}

/// <summary>A built-in prompt, what it says by language, and the announcement that is heard in its place.</summary>
public sealed record PromptView(string Name, IReadOnlyDictionary<string, string> Text, string? ReplacedBy)
{
    internal static PromptView Of(string name, string? replacedBy) => new(
        name,
        PromptTexts.Languages.Where(language => PromptTexts.Find(language, name) is not null)
            .Order(StringComparer.Ordinal).ToDictionary(language => language, language => PromptTexts.Find(language, name)!),
        replacedBy);
}
