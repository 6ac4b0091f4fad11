using TeleCube.Actors.Schemes;
using TeleCube.Actors.Schemes.Elements;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Webhooks;
using TeleCube.Api.Identity;

namespace TeleCube.Api.Schemes;

/// <summary>The elements of a scheme for who may see them: an address may hold a token, which is for those only who may change it.</summary>
static class SchemeElements
{
    public static IReadOnlyList<SchemeElement>? For(Caller caller, SchemeGraph? graph) =>
        graph is null || caller.Role is UserRole.Administrator ? graph?.Elements : [.. graph.Elements.Select(Masked)];

    static SchemeElement Masked(SchemeElement element) => element is WebhookElement { Url: var url } asks ? asks with { Url = WebhookAddress.Masked(url) } : element;
}
