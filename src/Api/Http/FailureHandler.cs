using Microsoft.AspNetCore.Diagnostics;
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
        BadCursorException => Refused.With(ApiCodes.BadCursor),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Refused.With(ApiCodes.TooLarge),
        BadHttpRequestException fault => Refused.With(ApiCodes.BadRequest, fault.Message),
        _ => Defect(context, exception),
    };

    Refused Defect(HttpContext context, Exception exception)
    {
        LogDefect(log, exception, context.Request.Method, context.Request.Path);
        return Refused.With(ApiCodes.InternalError);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    static partial void LogDefect(ILogger log, Exception exception, string method, string path);
}
