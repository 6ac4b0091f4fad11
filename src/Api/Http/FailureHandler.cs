using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using TeleCube.Kernel.Actors;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Api.Http;

/// <summary>
/// Turns what is thrown on the way of a request into its problem; a defect is logged and told as 500 without its insides.
/// </summary>
sealed partial class FailureHandler(ILogger<FailureHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested) return true;
        await Refusal(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    Refused Refusal(HttpContext context, Exception exception) => exception switch
    {
        RejectedException refused => Refused.By(refused.Rejection),
        StoreUnavailableException fault => Refused.By(KernelRejections.StorageUnavailable(fault.Message)),
        TimeoutException => Refused.With(ApiCodes.TimedOut),
        MalformedJsonException fault => Refused.With(ApiCodes.MalformedJson, fault.Message),
        BadCursorException => Refused.Unreadable(ApiCodes.BadCursor, "after", "is not a cursor of this list"),
        BadFieldException fault => Refused.Unreadable(ApiCodes.BadRequest, fault.Name, fault.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(context),
        BadHttpRequestException fault when UnboundParameter().Match(fault.Message) is { Success: true } unbound =>
            Refused.Unreadable(ApiCodes.BadRequest, JsonNamingPolicy.CamelCase.ConvertName(unbound.Groups["name"].Value),
                $"cannot be read: '{Given.Shown(unbound.Groups["value"].Value)}'"),
        BadHttpRequestException fault => Refused.With(ApiCodes.BadRequest, fault.Message),
        _ => Defect(context, exception),
    };

    /// <summary>What is sent in pieces has no length to tell.</summary>
    static Refused TooLarge(HttpContext context)
    {
        var most = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        var sent = context.Request.ContentLength is { } length ? $", {length} were sent" : "";
        return Refused.With(ApiCodes.TooLarge, most is null ? null : $"at most {most} bytes are taken here{sent}");
    }

    Refused Defect(HttpContext context, Exception exception)
    {
        LogDefect(log, exception, context.Request.Method, context.Request.Path);
        return Refused.With(ApiCodes.InternalError);
    }

    /// <summary>ASP.NET tells the name of a parameter that it cannot bind in its message only.</summary>
    [GeneratedRegex("^Failed to bind parameter \"[^\"]*?(?<name>[^ \"]+)\" from \"(?<value>.*)\"\\.$", RegexOptions.Singleline)]
    private static partial Regex UnboundParameter();

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    static partial void LogDefect(ILogger log, Exception exception, string method, string path);
}
