using System.Globalization;
using System.Text;

namespace TeleCube.Node.Hocon;

/// <summary>Parses what stands right of a key: quoted and unquoted text, lists, objects, substitutions, and their concatenation.</summary>
sealed class HoconValueParser(HoconCursor cursor, HoconPath prefix, Action<HoconObject, HoconPath, int> parseBraces)
{
    const string Reserved = "$\"{}[]:=,+#`^?!@*&\\"; // HOCON, "Unquoted strings"
    const int MaxDepth = 64;
    const string QuoteIt = "text with special characters is written in quotes";

    /// <summary>
    /// Parses one value up to the end of its line, ',' or a closing bracket; <paramref name="self"/> is the key's absolute path.
    /// </summary>
    public HoconNode Parse(HoconPath self, int depth)
    {
        cursor.SkipTrivia();
        var at = cursor.At;
        if (depth > MaxDepth) throw new HoconException(at, $"objects and lists are nested more than {MaxDepth} deep");
        List<HoconNode> parts = [];
        while (true)
        {
            var blankAt = cursor.At;
            var blank = cursor.TakeBlanks();
            if (cursor.End || cursor.SeesComment || cursor.Peek() is '\n' or ',' or '}' or ']') break;
            if (blank.Length > 0 && parts.Count > 0) parts.Add(new HoconText(blankAt, blank));
            parts.Add(ParsePart(self, depth));
        }
        return parts switch
        {
            [] => throw cursor.Expected("a value"),
            [var single] => single,
            _ => new HoconConcatenation(at, parts),
        };
    }

    HoconNode ParsePart(HoconPath self, int depth)
    {
        var at = cursor.At;
        switch (cursor.Peek())
        {
            case '"': return new HoconText(at, ParseQuoted());
            case '[': return ParseList(self, depth);
            case '$': return ParseReference();
            case '{':
                var inner = new HoconObject(at);
                parseBraces(inner, self, depth + 1);
                return inner;
            default:
                var text = TakeUnquoted();
                if (text.Length == 0) throw cursor.Expected("a value", QuoteIt);
                return text == "null" ? new HoconNull(at) : new HoconText(at, text);
        }
    }

    string TakeUnquoted() => cursor.TakeWhile(here =>
        !here.SeesBlank && here.Peek() != '\n' && !here.SeesComment && !Reserved.Contains(here.Peek(), StringComparison.Ordinal));

    HoconList ParseList(HoconPath self, int depth)
    {
        var at = cursor.At;
        cursor.Take();
        List<HoconNode> items = [];
        while (true)
        {
            cursor.SkipTrivia();
            if (cursor.TryTake("]")) return new HoconList(at, items);
            if (cursor.End || cursor.Peek() == '}') throw cursor.Expected("']'", $"the list opened at {at}");
            items.Add(Parse(self, depth + 1));
            cursor.TakeBlanks();
            if (cursor.Peek() != ']' && cursor.Peek() != '\n' && !cursor.SeesComment && !cursor.TryTake(","))
                throw cursor.Expected("',' or ']'", $"the list opened at {at}");
        }
    }

    HoconReference ParseReference()
    {
        var at = cursor.At;
        if (!cursor.TryTake("${")) throw cursor.Expected("'${'", QuoteIt);
        var optional = cursor.TryTake("?");
        cursor.TakeBlanks();
        var path = ParsePath("the name of a key or environment variable");
        cursor.TakeBlanks();
        return cursor.TryTake("}") ? new HoconReference(at, path, optional, prefix) : throw cursor.Expected("'}'");
    }

    /// <summary>Keys joined by dots; a quoted key may hold dots and blanks.</summary>
    public HoconPath ParsePath(string what)
    {
        var path = HoconPath.Root;
        do
        {
            var at = cursor.At;
            var segment = cursor.Peek() == '"' ? ParseQuoted() : cursor.TakeWhile(here => char.IsLetterOrDigit(here.Peek()) || here.Peek() is '-' or '_');
            if (segment.Length == 0) throw cursor.Expected(what);
            if (segment.Contains('\0', StringComparison.Ordinal)) throw new HoconException(at, "a key can't hold a NUL");
            path = path.Then(segment);
        }
        while (cursor.TryTake("."));
        return path;
    }

    public string ParseQuoted()
    {
        var at = cursor.At;
        if (cursor.TryTake("\"\"\"")) return ParseTripleQuoted(at);
        cursor.Take();
        var text = new StringBuilder();
        while (true)
        {
            if (cursor.End || cursor.Peek() == '\n') throw cursor.Expected("'\"'", $"the text began at {at}; text of several lines stands in \"\"\"");
            var c = cursor.Take();
            if (c == '"') return text.ToString();
            text.Append(c == '\\' ? TakeEscape() : c);
        }
    }

    string ParseTripleQuoted(HoconPosition at)
    {
        var text = new StringBuilder();
        // Quotes beyond three at the end belong to the text.
        while (!(cursor.Sees("\"\"\"") && cursor.Peek(3) != '"'))
        {
            if (cursor.End) throw cursor.Expected("'\"\"\"'", $"the text began at {at}");
            text.Append(cursor.Take());
        }
        cursor.TryTake("\"\"\"");
        return text.ToString();
    }

    char TakeEscape()
    {
        if (cursor.End) throw cursor.Expected("an escape");
        var at = cursor.At;
        var c = cursor.Take();
        return c switch
        {
            '"' or '\\' or '/' => c,
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            'u' => TakeHex(at),
            _ => throw new HoconException(at, $"'\\{c}' is no escape; expected one of \\\" \\\\ \\/ \\n \\r \\t \\b \\f \\uXXXX"),
        };
    }

    char TakeHex(HoconPosition at)
    {
        var digits = "";
        while (digits.Length < 4 && char.IsAsciiHexDigit(cursor.Peek())) digits += cursor.Take();
        return digits.Length == 4
            ? (char)ushort.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : throw new HoconException(at, "expected four hexadecimal digits after \\u");
    }
}
