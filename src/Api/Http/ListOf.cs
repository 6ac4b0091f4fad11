namespace TeleCube.Api.Http;

/// <summary>A page of a list; <paramref name="Next"/> is the <c>after</c> of the following one, or null.</summary>
public sealed record ListOf<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>Pages through what is held in memory and sorted by key.</summary>
    public static ListOf<T> Page<TItem>(IEnumerable<TItem> sorted, PageQuery page, Func<TItem, string> key, Func<TItem, T> view)
    {
        ArgumentNullException.ThrowIfNull(page);
        var size = page.Size();
        var rest = page.After is { Length: > 0 } after ? After(sorted, key, after) : sorted;
        var items = rest.Take(size + 1).ToList();
        var more = items.Count > size;
        if (more) items.RemoveAt(size);
        return new ListOf<T>([.. items.Select(view)], more ? key(items[^1]) : null);
    }

    /// <summary>What was the last one may be gone by now, then the page begins where it stood.</summary>
    static IEnumerable<TItem> After<TItem>(IEnumerable<TItem> sorted, Func<TItem, string> key, string after)
    {
        var all = sorted.ToList();
        var last = all.FindIndex(item => key(item) == after);
        return last >= 0 ? all.Skip(last + 1) : all.SkipWhile(item => string.CompareOrdinal(key(item), after) <= 0);
    }
}
