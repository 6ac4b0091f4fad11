using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Storage.ReadModels;

/// <summary>The place of a page's last row: its ordering value, tenant and id.</summary>
sealed record ReadModelCursor(string? Value, string Tenant, string Id)
{
    /// <summary>Makes a page of one row more than its limit, if there are so many: that one only tells that another page follows.</summary>
    public static ReadModelPage Page(List<(ReadModelRow Row, string? OrderValue)> rows, int limit)
    {
        if (rows.Count <= limit) return new([.. rows.Select(row => row.Row)], null);
        var (last, value) = rows[limit - 1];
        return new([.. rows.Take(limit).Select(row => row.Row)], new ReadModelCursor(value, last.Tenant.Value, last.Id).Encode());
    }

    public string Encode() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, ReadModelCursorJson.Default.ReadModelCursor));

    public static ReadModelCursor Decode(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text), ReadModelCursorJson.Default.ReadModelCursor)
                ?? throw new ArgumentException("the page cursor is not one of ours");
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            throw new ArgumentException("the page cursor is not one of ours", fault);
        }
    }
}

[JsonSerializable(typeof(ReadModelCursor))]
sealed partial class ReadModelCursorJson : JsonSerializerContext;
