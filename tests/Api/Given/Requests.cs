using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace TeleCube.Api.Tests.Given;

/// <summary>What tests send, and how they read what comes back.</summary>
static class Requests
{
    const string Root = "/api/v1";

    public static async Task<Answer> Send(this HttpClient client, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"{Root}/{path}");
        if (body is string text) request.Content = new StringContent(text, Encoding.UTF8, text.TrimStart().StartsWith('{') ? "application/json" : "text/csv");
        else if (body is not null) request.Content = JsonContent.Create(body);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        var content = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, response.Headers.ETag?.Tag, response.Content.Headers.ContentType?.MediaType, content)
        {
            Cookie = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.First() : null,
            RetryAfter = response.Headers.RetryAfter?.Delta,
        };
    }

    public static Task<Answer> Get(this HttpClient client, string path) => client.Send(HttpMethod.Get, path);

    public static Task<Answer> Post(this HttpClient client, string path, object body) => client.Send(HttpMethod.Post, path, body);

    public static Task<Answer> Put(this HttpClient client, string path, object body, string? ifMatch = null) =>
        client.Send(HttpMethod.Put, path, body, ifMatch is null ? [] : [("If-Match", ifMatch)]);

    public static Task<Answer> Delete(this HttpClient client, string path) => client.Send(HttpMethod.Delete, path);
}

/// <summary>A response, read to its end.</summary>
sealed record Answer(HttpStatusCode Status, string? ETag, string? ContentType, string Text)
{
    public string? Cookie { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? this[string field] => Json.GetProperty(field).ToString();

    public Answer Is(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{(int)Status} instead of {(int)status}: {Text}");
        return this;
    }

    /// <summary>A problem of this code, in its proper form.</summary>
    public Answer IsProblem(HttpStatusCode status, string code)
    {
        Is(status);
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal($"/problems/{code}", this["type"]);
        return this;
    }

    public string[] FaultyFields => [.. Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal)];
}
