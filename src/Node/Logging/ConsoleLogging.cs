using Microsoft.Extensions.Logging.Console;
using TeleCube.Node.Options;

namespace TeleCube.Node.Logging;

/// <summary>Logs go to standard error; standard output is for what a person or a script waits for.</summary>
static class ConsoleLogging
{
    const string Timestamp = "yyyy-MM-ddTHH:mm:ss.fffZ ";

    public static void AddTeleCubeConsole(this ILoggingBuilder logging, LogOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(options.Level);
        foreach (var part in options.Categories) logging.AddFilter(part.Category, part.Level);
        // Why the start failed is said once, in plain words, by NodeHost; the host would add a stack trace before it.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        if (options.Format == LogFormat.Json) logging.AddJsonConsole(Set);
        else logging.AddSimpleConsole(text => { Set(text); text.SingleLine = true; });
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            // A log that nobody reads must not stop a call: drop lines, and say how many.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
    }

    static void Set(ConsoleFormatterOptions formatter)
    {
        formatter.IncludeScopes = true;
        formatter.UseUtcTimestamp = true;
        formatter.TimestampFormat = formatter is JsonConsoleFormatterOptions ? Timestamp.TrimEnd() : Timestamp;
    }
}
