namespace TeleCube.Node.Hocon;

/// <summary>
/// Parses HOCON (github.com/lightbend/config/blob/main/HOCON.md) onto a tree. Files parsed later onto the same tree override earlier ones.
/// Two things are stricter than there: an included file must exist, and keys hold no blanks.
/// </summary>
public sealed class HoconParser
{
    const int MaxDepth = 32; // includes and nested values; beyond it a file includes itself

    readonly HoconSource _source;
    readonly HoconCursor _cursor;
    readonly HoconValueParser _values;
    readonly int _depth;

    HoconParser(HoconSource source, HoconPath prefix, int depth)
    {
        _source = source;
        _cursor = new(source.Text, source.Name);
        _values = new(_cursor, prefix, ParseBraces);
        _depth = depth;
    }

    /// <summary>Parses a whole file onto <paramref name="root"/>.</summary>
    public static void Parse(HoconSource source, HoconObject root) => new HoconParser(source, HoconPath.Root, 0).ParseFile(root, HoconPath.Root);

    /// <summary>Parses one value, such as an environment variable's.</summary>
    public static HoconNode ParseValue(HoconSource source)
    {
        var parser = new HoconParser(source, HoconPath.Root, 0);
        parser._cursor.SkipTrivia();
        var value = parser._values.Parse(HoconPath.Root, 0);
        parser._cursor.SkipTrivia();
        return parser._cursor.End ? value : throw parser._cursor.Expected("the end of the value");
    }

    void ParseFile(HoconObject target, HoconPath self)
    {
        _cursor.SkipTrivia();
        if (_cursor.Peek() == '{')
        {
            ParseBraces(target, self, _depth);
            _cursor.SkipTrivia();
        }
        else
        {
            ParseMembers(target, self, _depth);
        }
        if (!_cursor.End) throw _cursor.Expected("a key");
    }

    void ParseBraces(HoconObject target, HoconPath self, int depth)
    {
        var open = _cursor.At;
        _cursor.Take();
        ParseMembers(target, self, depth + 1);
        if (!_cursor.TryTake("}")) throw _cursor.Expected("'}'", $"the object opened at {open}");
    }

    /// <summary>Members up to a closing brace or the end.</summary>
    void ParseMembers(HoconObject target, HoconPath self, int depth)
    {
        while (true)
        {
            var comment = SkipToMember();
            if (_cursor.End || _cursor.Peek() == '}') return;
            if (SeesInclude()) ParseInclude(target, self);
            else ParseMember(target, self, comment, depth);
            EndMember();
        }
    }

    void ParseMember(HoconObject target, HoconPath self, string comment, int depth)
    {
        var at = _cursor.At;
        var path = _values.ParsePath("a key");
        _cursor.TakeBlanks();
        var absolute = self.Then(path);
        HoconNode value;
        if (_cursor.TryTake("+="))
        {
            var item = _values.Parse(absolute, depth);
            value = new HoconConcatenation(at, [new HoconReference(at, absolute, optional: true, HoconPath.Root), new HoconList(at, [item])]);
        }
        else if (_cursor.Peek() == '{' || _cursor.TryTake("=") || _cursor.TryTake(":"))
        {
            value = _values.Parse(absolute, depth);
        }
        else
        {
            throw _cursor.Expected("'=', ':', '+=' or '{' after the key", "a key with blanks or special characters in it is written in quotes");
        }
        var segments = path.Segments;
        target.Assign(self, segments, value);
        if (comment.Length > 0) Holder(target, segments)?.Comment(segments[^1], comment);
    }

    static HoconObject? Holder(HoconObject target, ReadOnlySpan<string> segments)
    {
        foreach (var segment in segments[..^1])
        {
            if (!target.TryGet(segment, out var next) || next is not HoconObject inner) return null;
            target = inner;
        }
        return target;
    }

    /// <summary>Skips to the next member and returns the comment that stands directly above it.</summary>
    string SkipToMember()
    {
        List<string> comment = [];
        var fresh = true; // at the start of a line: a second new line in a row parts a comment from what follows
        while (!_cursor.End)
        {
            if (_cursor.SeesBlank)
            {
                _cursor.Take();
            }
            else if (_cursor.Peek() == '\n')
            {
                _cursor.Take();
                if (fresh) comment.Clear();
                fresh = true;
            }
            else if (_cursor.SeesComment)
            {
                comment.Add(_cursor.TakeComment());
                fresh = false;
            }
            else
            {
                break;
            }
        }
        return string.Join('\n', comment);
    }

    void EndMember()
    {
        _cursor.TakeBlanks();
        if (_cursor.SeesComment) _cursor.TakeComment();
        if (_cursor.End || _cursor.Peek() == '}') return;
        if (_cursor.Peek() is ',' or '\n') _cursor.Take();
        else throw _cursor.Expected("a new line, ',' or '}'", "a value with special characters in it is written in quotes");
    }

    bool SeesInclude() => _cursor.Sees("include") && _cursor.Peek("include".Length) is ' ' or '\t'
        && (_cursor.Sees("include \"") || _cursor.Sees("include required(") || _cursor.Sees("include file("));

    void ParseInclude(HoconObject target, HoconPath self)
    {
        var at = _cursor.At;
        _cursor.TryTake("include ");
        var brackets = 0;
        while (_cursor.TryTake("required(") || _cursor.TryTake("file(")) brackets++;
        if (_cursor.Peek() != '"') throw _cursor.Expected("a file name in quotes");
        var file = _values.ParseQuoted();
        while (brackets-- > 0)
        {
            if (!_cursor.TryTake(")")) throw _cursor.Expected("')'");
        }
        if (_depth >= MaxDepth) throw new HoconException(at, $"files include each other more than {MaxDepth} deep; does {file} include itself?");
        new HoconParser(HoconSource.Read(_source.Resolve(file), at), self, _depth + 1).ParseFile(target, self);
    }
}
