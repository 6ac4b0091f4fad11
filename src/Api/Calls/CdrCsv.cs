using System.Globalization;
using System.Text;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Api.Calls;

/// <summary>Call records as CSV (RFC 4180), a page at a time, so that a year of calls needs no memory.</summary>
static class CdrCsv
{
    public const int PageSize = 500;
    const string Header = "id,direction,caller,callee,dialledNumber,startedAt,answeredAt,endedAt,durationSeconds,disposition,destination,net,gross,currency";

    public static async Task Write(Stream body, Func<string?, Task<ReadModelPage>> page, CancellationToken stop)
    {
        await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        await text.WriteLineAsync(Header.AsMemory(), stop);
        string? after = null;
        do
        {
            var rows = await page(after);
            foreach (var row in rows.Rows) await text.WriteLineAsync(Line(CdrView.Read(row.Json)).AsMemory(), stop);
            await text.FlushAsync(stop);
            after = rows.Next;
        }
        while (after is not null);
    }

    static string Line(CdrView cdr) => string.Join(',', new[]
    {
        cdr.Id, cdr.Direction.ToString().ToLowerInvariant(), cdr.Caller, cdr.Callee, cdr.DialledNumber,
        Time(cdr.StartedAt), Time(cdr.AnsweredAt), Time(cdr.EndedAt),
        cdr.DurationSeconds.ToString(CultureInfo.InvariantCulture), cdr.Disposition, cdr.Destination, cdr.Cost.Net, cdr.Cost.Gross, cdr.Cost.Currency,
    }.Select(Field));

    static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    /// <summary>
    /// A caller chooses his own name: what a spreadsheet would take for a formula is quoted into a text. Numbers with a plus stay numbers.
    /// </summary>
    static string Field(string? value)
    {
        var text = value ?? "";
        if (LooksLikeFormula(text)) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    static bool LooksLikeFormula(string text) => text.Length > 0
        && (text[0] is '=' or '@' or '-' or '\t' || (text[0] == '+' && text.AsSpan(1).ContainsAnyExceptInRange('0', '9')));
}
