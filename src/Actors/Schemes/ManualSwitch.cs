using System.Text.Json.Serialization;

namespace TeleCube.Actors.Schemes;

/// <summary>A switch that people set by hand, over the API or from a phone (day and night, PRODUCT §4, §11).</summary>
public sealed record ManualSwitch(SwitchId Id)
{
    public string Name { get; init; } = "";

    public bool On { get; init; }

    /// <summary>Dialled after <c>*7</c> to turn it; empty for the one that <c>*7</c> itself turns. Null: not from a phone.</summary>
    public string? Code { get; init; }

    /// <summary>What is dialled after the star. Null: not from a phone.</summary>
    [JsonIgnore]
    public string? KeysAfterStar => Code is null ? null : $"7{Code}";

    public long Version { get; init; }
}
