using TeleCube.Kernel.Persistence;

namespace TeleCube.Api.Http;

/// <summary>Pages of read models whose cursor came from outside.</summary>
static class ReadModelPages
{
    /// <summary>Stores throw on a cursor that they did not make; here that is the client's fault.</summary>
    public static async Task<ReadModelPage> Page(this IReadModels models, ReadModelQuery query, CancellationToken stop)
    {
        foreach (var filter in query.Filters)
            if (filter.Value is string text && text.Any(char.IsControl)) throw new BadFieldException(filter.Column, "contains control characters"); // PostgreSQL takes no NUL
        if (query.After?.Any(char.IsControl) == true) throw new BadCursorException(new FormatException("control characters"));
        try
        {
            return await models.Query(query, stop);
        }
        catch (Exception fault) when (query.After is not null && fault is FormatException or ArgumentException)
        {
            throw new BadCursorException(fault);
        }
    }
}
