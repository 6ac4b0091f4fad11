using Microsoft.AspNetCore.Mvc;

namespace TeleCube.Api.Http;

/// <summary><c>?limit=&amp;after=</c> of every list.</summary>
public sealed record PageQuery([FromQuery(Name = "limit")] int? Limit, [FromQuery(Name = "after")] string? After)
{
    const int Default = 100;
    const int Most = 1000;

    internal int Size => Math.Clamp(Limit ?? Default, 1, Most);
}
