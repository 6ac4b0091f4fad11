using Microsoft.AspNetCore.Mvc;

namespace TeleCube.Api.Http;

/// <summary><c>?limit=&amp;after=</c> of every list.</summary>
public sealed record PageQuery([FromQuery(Name = "limit")] int? Limit, [FromQuery(Name = "after")] string? After)
{
    const int Default = 100;
    const int Most = 1000;

    /// <summary>Whoever asks for more than there can be on a page gets as much as there can be; nothing, or less, is a mistake.</summary>
    internal int Size() => Limit is < 1 ? throw new BadFieldException("limit", $"must be 1 to {Most}") : Math.Min(Limit ?? Default, Most);
}
