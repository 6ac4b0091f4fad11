using System.Text.Json.Serialization;

namespace TeleCube.Sip.Dialogs;

/// <summary>Source-generated JSON of <see cref="Dialog"/>: addresses and URIs are their wire text.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Dialog))]
public sealed partial class DialogJson : JsonSerializerContext;
