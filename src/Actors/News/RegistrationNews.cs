using System.Text.Json;
using TeleCube.Actors.Extensions;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.News;

/// <summary>What a tenant's outsiders are told of a phone that registered or is registered no more; refreshes are no news.</summary>
public sealed record RegistrationNews(string Extension, string Contact)
{
    public string? UserAgent { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public UnregisterReason? Reason { get; init; }

    public static StoreWrite.Publish Added(RegistrationRow row) => Tell(row, "registration.added", row.RegisteredAt, new(row.Extension, row.Contact)
    {
        UserAgent = row.UserAgent,
        ExpiresAt = row.ExpiresAt,
    });

    public static StoreWrite.Publish Removed(RegistrationRow row, UnregisterReason reason, DateTimeOffset at) =>
        Tell(row, "registration.removed", at, new(row.Extension, row.Contact) { Reason = reason });

    static StoreWrite.Publish Tell(RegistrationRow row, string type, DateTimeOffset at, RegistrationNews news) =>
        new(row.Tenant, type, at, JsonSerializer.Serialize(news, NewsJson.Default.RegistrationNews));
}
