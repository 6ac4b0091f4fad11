namespace TeleCube.Node.Hocon;

/// <summary>Reads characters and knows line and column.</summary>
sealed class HoconCursor(string text, string source)
{
    int _index;
    int _line = 1;
    int _lineStart;

    public HoconPosition At => new(source, _line, _index - _lineStart + 1);

    public bool End => _index >= text.Length;

    public char Peek(int ahead = 0) => _index + ahead < text.Length ? text[_index + ahead] : '\0';

    public bool Sees(string literal) => string.CompareOrdinal(text, _index, literal, 0, literal.Length) == 0;

    public bool SeesComment => Peek() == '#' || Sees("//");

    public bool SeesBlank => Peek() is ' ' or '\t' or '\r' or '\uFEFF' or '\u00A0';

    public char Take()
    {
        var taken = text[_index++];
        if (taken != '\n') return taken;
        _line++;
        _lineStart = _index;
        return taken;
    }

    public bool TryTake(string literal)
    {
        if (!Sees(literal)) return false;
        for (var i = 0; i < literal.Length; i++) Take();
        return true;
    }

    public string TakeWhile(Func<HoconCursor, bool> more)
    {
        var start = _index;
        while (!End && more(this)) Take();
        return text[start.._index];
    }

    /// <summary>Blanks on this line.</summary>
    public string TakeBlanks() => TakeWhile(here => here.SeesBlank);

    /// <summary>The rest of a comment's line, without its mark.</summary>
    public string TakeComment()
    {
        if (!TryTake("//")) Take();
        return TakeWhile(here => here.Peek() != '\n').Trim();
    }

    /// <summary>Blanks, new lines and comments.</summary>
    public void SkipTrivia()
    {
        while (!End)
        {
            if (SeesBlank || Peek() == '\n') Take();
            else if (SeesComment) TakeComment();
            else return;
        }
    }

    /// <summary>What an error message calls that which stands here.</summary>
    public string Found => End ? "the end of the file" : Peek() == '\n' ? "the end of the line" : $"'{Peek()}'";

    public HoconException Expected(string what, string? hint = null) =>
        new(At, $"expected {what}, found {Found}{(hint is null ? "" : $"; {hint}")}");
}
