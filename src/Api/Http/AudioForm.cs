using System.Reflection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using TeleCube.Kernel.Actors;
using TeleCube.Media.Conversion;

namespace TeleCube.Api.Http;

/// <summary>
/// An upload: a form with the part <c>file</c> and some fields, or the file alone as the body. It is kept on the disk while it is read, up to the bound of
/// <see cref="ConversionLimits"/>; the bound on other bodies does not count.
/// </summary>
public sealed record AudioForm(Stream? File, IReadOnlyDictionary<string, string> Fields, Faults Faults) : IEndpointParameterMetadataProvider
{
    const string Part = "file";

    /// <summary>For the fields and the boundaries of a form.</summary>
    const int Overhead = 64 << 10;

    /// <summary>The HResult of an IOException that no system call gave (a full disk has another): the body is at fault.</summary>
    const int NoErrorOfTheSystem = unchecked((int)0x80131620);

    static readonly AudioForm _turnedAway = new(null, new Dictionary<string, string>(), new Faults()) { TooManyUploads = true };

    /// <summary>Nothing of it was read.</summary>
    bool TooManyUploads { get; init; }

    public static async ValueTask<AudioForm?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var tenant = context.Request.RouteValues["tenantId"]?.ToString() ?? "";
        if (context.RequestServices.GetRequiredService<UploadSeats>().TryTake(tenant) is not { } seat) return _turnedAway;
        context.Response.RegisterForDispose(seat);
        var most = context.RequestServices.GetRequiredService<AudioConverter>().Limits.MaxBytes + Overhead;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound) bound.MaxRequestBodySize = most;
        return context.Request.HasFormContentType ? await ReadForm(context.Request, most) : await ReadBody(context.Request);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var alone = builder.Metadata.OfType<IHttpMethodMetadata>().Any(verbs => verbs.HttpMethods.Contains(HttpMethods.Put));
        builder.Metadata.Add(
            new AcceptsMetadata(alone ? ["multipart/form-data", "audio/*", "application/octet-stream"] : ["multipart/form-data"], typeof(AudioUpload)));
    }

    /// <summary>If everything is right so far, null.</summary>
    public Refused? Refusal =>
        TooManyUploads ? Refused.With(KernelRejections.Overloaded.Code, "too many uploads are under way") : Faults.Any ? Faults.ToRefusal() : null;

    /// <summary>The fields that the resource knows; others are faults, as they are in JSON.</summary>
    internal Func<string, string?> Known(params string[] names)
    {
        foreach (var unknown in Fields.Keys.Except(names)) Faults.Add(unknown, "is unknown here");
        return Fields.GetValueOrDefault;
    }

    static async Task<AudioForm> ReadForm(HttpRequest request, long most)
    {
        var faults = new Faults();
        try
        {
            var limits = new FormOptions { MultipartBodyLengthLimit = most, ValueLengthLimit = 4096, KeyLengthLimit = 100, ValueCountLimit = 20 };
            var form = await request.ReadFormAsync(limits, request.HttpContext.RequestAborted);
            var file = form.Files.GetFile(Part);
            if (file is null) faults.Add(Part, "is required: the part of the form with the audio");
            return new AudioForm(file?.OpenReadStream(), form.ToDictionary(field => field.Key, field => field.Value.ToString()), faults);
        }
        catch (Exception fault) when (fault is InvalidDataException
            || fault is IOException and not BadHttpRequestException && fault.HResult == NoErrorOfTheSystem)
        {
            throw new BadHttpRequestException(fault.Message, fault); // no form, one that breaks a bound, or one that ends too early
        }
    }

    static async Task<AudioForm> ReadBody(HttpRequest request)
    {
        var faults = new Faults();
        request.EnableBuffering();
        await request.Body.CopyToAsync(Stream.Null, request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        if (request.Body.Length == 0) faults.Add(Part, "is required: send the audio as the body or as a part of a form");
        return new AudioForm(request.Body, new Dictionary<string, string>(), faults);
    }
}

/// <summary>An upload: the audio and, on creation, what is written about it.</summary>
public sealed record AudioUpload
{
    /// <summary>WAV of any usual kind; MP3, OGG, FLAC, M4A and others where ffmpeg is installed.</summary>
    public required IFormFile File { get; init; }

    /// <summary>On creation only; the exchange chooses one if it is left out.</summary>
    public string? Id { get; init; }

    /// <summary>On creation only, and required there.</summary>
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Replaces { get; init; }
}
