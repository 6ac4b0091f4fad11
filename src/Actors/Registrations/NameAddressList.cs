namespace TeleCube.Actors.Registrations;

/// <summary>Takes a list of name-addresses apart at the commas that stand outside of quotes and angle brackets.</summary>
static class NameAddressList
{
    public static IEnumerable<string> Split(string list)
    {
        var (start, quoted, angled) = (0, false, false);
        for (var i = 0; i < list.Length; i++)
        {
            if (list[i] == '"') quoted = !quoted;
            else if (!quoted && list[i] is '<' or '>') angled = list[i] == '<';
            else if (!quoted && !angled && list[i] == ',')
            {
                yield return list[start..i].Trim();
                start = i + 1;
            }
        }

        yield return list[start..].Trim();
    }
}
