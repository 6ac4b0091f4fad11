namespace TeleCube.Storage.Schema;

/// <summary>One numbered step of the schema. Steps only ever expand: a program may run on a schema whose steps it doesn't know,
/// as long as none of them names a <paramref name="LowestLevel"/> above its own highest step.</summary>
sealed record Migration(int Number, string Name, string Sql, int LowestLevel = 0)
{
    /// <summary>The steps still to be taken; refuses a schema that has moved on too far for this program.</summary>
    public static IReadOnlyList<Migration> Due(IReadOnlyList<Migration> known, int reached, int lowestLevel)
    {
        var newest = known[^1].Number;
        if (lowestLevel > newest)
            throw new StoreStartException(
                $"the database's schema (step {reached}) needs a newer telecube: this one knows steps up to {newest} and at least {lowestLevel} are needed");
        return [.. known.Where(step => step.Number > reached)];
    }
}
