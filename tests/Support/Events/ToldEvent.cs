using System.Text.Json;

namespace TeleCube.Tests.Support.Events;

/// <summary>One event of a tenant's stream.</summary>
public sealed record ToldEvent(long Id, string Type, JsonElement Data);
