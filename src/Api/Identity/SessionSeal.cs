using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using TeleCube.Actors.Text;

namespace TeleCube.Api.Identity;

/// <summary>Makes session tokens and opens them: <c>tcs_</c>, the ticket, and its HMAC. Any node opens what another gave out.</summary>
public sealed class SessionSeal(ApiSettings settings, TimeProvider clock)
{
    public const string Prefix = "tcs_";
    const int MacBytes = 32;

    /// <summary>Quotes are sealed with a key of the platform too: without a word of its own, one could pass for the other.</summary>
    readonly byte[] _key = HMACSHA256.HashData(settings.SigningKey, "session"u8);

    public string Seal(SessionTicket ticket)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(ticket, SessionJson.Default.SessionTicket);
        return Prefix + Base64Url.EncodeToString([.. HMACSHA256.HashData(_key, body), .. body]);
    }

    /// <summary>Null for what is not ours, or over.</summary>
    public SessionTicket? Open(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var text = token.AsSpan(Prefix.Length);
        if (!Base64Url.IsValid(text)) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= MacBytes) return null;
        var body = bytes.AsSpan(MacBytes);
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, body), bytes.AsSpan(0, MacBytes))) return null;
        return JsonSerializer.Deserialize(body, SessionJson.Default.SessionTicket) is { } ticket && ticket.ExpiresAt > clock.GetUtcNow() ? ticket : null;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(TenantIdJsonConverter)])]
[JsonSerializable(typeof(SessionTicket))]
sealed partial class SessionJson : JsonSerializerContext;
